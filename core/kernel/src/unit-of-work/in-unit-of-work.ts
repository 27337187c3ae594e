import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { Turns } from "./turns"
import { type Connection, UnitOfWork, currentUnit } from "./unit-of-work"

type Client = { pool: { max: number }; acquireConnection: () => Promise<Connection>; releaseConnection: (connection: Connection) => Promise<void> }
/** How to take a real connection from the pool, whatever unit the caller is in; and how many units may hold one. */
type Source = { acquire: () => Promise<Connection>; release: (connection: Connection) => Promise<void>; turns: Turns }

const SOURCE = Symbol("unit-of-work")
const sourceOf = (knex: Knex) => (knex.client as Client & { [SOURCE]?: Source })[SOURCE]

/** Longer than any lock inside may be waited for. */
const LIMIT_MS = 60_000
const LOCK_LIMIT = "30s"

/** From now on a query inside a unit of work goes through the unit's own connection. After bindPoolToTenants. */
export function shareConnectionInUnits(knex: Knex): void {
  const client = knex.client as Client & { [SOURCE]?: Source }
  const acquire = client.acquireConnection.bind(client)
  const release = client.releaseConnection.bind(client)
  const lent = new WeakSet<Connection>()
  // One connection stays free for others: a unit may wait for a lock whose holder waits for a connection.
  client[SOURCE] = { acquire, release, turns: new Turns(Math.max(1, client.pool.max - 1)) }
  client.acquireConnection = async () => {
    const unit = currentUnit()
    if (!unit) return acquire()
    const connection = unit.connection()
    lent.add(connection)
    return connection
  }
  client.releaseConnection = async (connection) => {
    if (!lent.has(connection)) await release(connection)
  }
}

/** Thrown when a unit of work took longer than a minute; it was rolled back. */
export class UnitOfWorkTooLong extends Error {
  constructor() {
    super("The unit of work took too long and was rolled back")
    this.name = "UnitOfWorkTooLong"
  }
}

/**
 * Runs `work` in one transaction: a process that is killed in it leaves nothing of it. `lock` runs first, in the same
 * transaction. Inside another unit `work` joins that one. A throw of `work`, or `keep` saying no, rolls all back.
 */
export async function inUnitOfWork<T>(knex: Knex, lock: (unit: UnitOfWork) => Promise<void>, work: () => Promise<T>, keep: (result: T) => boolean = () => true): Promise<T> {
  if (currentUnit()) return work()
  const source = sourceOf(knex)
  if (!source) throw new Error("shareConnectionInUnits was not called for this pool")
  const leave = await source.turns.take()
  try {
    const connection = await source.acquire()
    try {
      return await within(await UnitOfWork.begin(connection), lock, work, keep)
    } finally {
      await source.release(connection)
    }
  } finally {
    leave()
  }
}

async function within<T>(unit: UnitOfWork, lock: (unit: UnitOfWork) => Promise<void>, work: () => Promise<T>, keep: (result: T) => boolean): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  try {
    await unit.query(`SET LOCAL lock_timeout = '${LOCK_LIMIT}'`)
    await lock(unit)
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new UnitOfWorkTooLong()), LIMIT_MS)
    })
    const result = await Promise.race([unit.run(work), late])
    if (keep(result)) await unit.commit()
    else await unit.rollback()
    return result
  } catch (error) {
    if (!unit.ended) await unit.rollback()
    throw error
  } finally {
    clearTimeout(timer)
  }
}
