import type { Ctx } from "./ctx"

/** order: make it an order. return: give all money back. shortage, claim: give part of it back. unsold: give the stock back that nobody took. */
export type TodoKind = "order" | "return" | "shortage" | "claim" | "unsold"

/** Longer than one batch takes; a killed process's work is taken up again after it. */
const LEASE_MS = 60_000

/** Notes in the same unit of work what has to be done outside of Postgres. What was done and is noted again is done again: every step has its key. */
export async function doLater({ db }: Ctx, kind: TodoKind, subjects: readonly string[]): Promise<void> {
  await db.rows("insert into group_buy_todo (kind, subject_id) select ?, unnest(?::text[]) on conflict (tenant_id, kind, subject_id) do update set done_at = null, leased_until = null, updated_at = now()", [kind, subjects])
}

/** Takes up to `most` todos for a minute; those of a process that died are free after it, also where the clock was put back. */
export async function takeTodos({ db, ports }: Ctx, kind: TodoKind, most: number): Promise<string[]> {
  const now = ports.clock.now()
  const until = new Date(now.getTime() + LEASE_MS)
  const rows = await db.rows<{ subject_id: string }>(
    // Materialized: what is locked is what is taken, whatever plan Postgres makes.
    `with free as materialized (
       select kind, subject_id from group_buy_todo where kind = ? and done_at is null and (leased_until is null or leased_until <= ? or leased_until > ?) order by subject_id limit ? for update skip locked)
     update group_buy_todo t set leased_until = ?, attempts = attempts + 1, updated_at = now() from free where t.kind = free.kind and t.subject_id = free.subject_id returning t.subject_id`,
    [kind, now, until, most, until],
  )
  return rows.map(({ subject_id }) => subject_id)
}

export async function finishTodos({ db, ports }: Ctx, kind: TodoKind, subjects: readonly string[]): Promise<void> {
  await db.rows("update group_buy_todo set done_at = ?, leased_until = null, last_error = null, updated_at = now() where kind = ? and subject_id = any(?::text[])", [ports.clock.now(), kind, subjects])
}

/** Gives a todo back with what went wrong; it is tried again when its lease is over. */
export async function failTodo({ db }: Ctx, kind: TodoKind, subject: string, error: unknown): Promise<void> {
  await db.rows("update group_buy_todo set last_error = ?, updated_at = now() where kind = ? and subject_id = ?", [String(error).slice(0, 500), kind, subject])
}

/** Has the work done soon. Should the process die before this, the next sweep finds it. */
export const workSoon = ({ ports }: Ctx): Promise<void> => ports.schedule.at("work", ports.clock.now(), "work")
