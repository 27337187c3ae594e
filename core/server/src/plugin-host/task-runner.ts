import { runAsPlatform, runInTenant } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { log } from "../log"
import type { PluginRegistry, TaskRun } from "./plugin-registry"
import { forgetPurged } from "./plugin-rows"

const LOOK_MS = 500
/** A task that was not ended after this long is given to another process; no task may take longer. */
export const LEASE_MS = 330_000
/** Shops that are served at the same time, and tasks of one shop in one round. */
const SHOPS_AT_ONCE = 4
const TASKS_A_ROUND = 10
const HOUR_MS = 3_600_000

type Due = { plugin: string; key: string; task: string; payload: TaskRun["payload"]; attempts: number; due_at: string }
type Options = {
  knex: Knex
  container: () => MedusaContainer
  registry: PluginRegistry
  now: () => number
  /** Runs a plugin's work as whatever watches over plugins wants it. */
  guard: <T>(plugin: string, work: () => Promise<T>) => Promise<T>
}

/** Milliseconds until a task that failed is tried again: 2 s, 4 s, … at most an hour. */
export const waitAfter = (attempts: number): number => Math.min(HOUR_MS, 1_000 * 2 ** Math.min(attempts, 20))

/**
 * Runs what plugins have run later, in the shop that asked for it: at least once, by one process at a time, again and later
 * each time it fails. Only where the shop is open and the plugin on; until then it waits.
 */
export class TaskRunner {
  private timer: NodeJS.Timeout | null = null
  private round: Promise<void> = Promise.resolve()
  private stopped = false
  private swept = 0

  constructor(private readonly options: Options) {}

  start(): void {
    this.timer = setTimeout(() => {
      this.round = this.look().catch((err: unknown) => log.error({ err }, "tasks of plugins were not run"))
      void this.round.finally(() => !this.stopped && this.start())
    }, LOOK_MS)
    this.timer.unref()
  }

  /** Waits for the round under way. */
  async stop(): Promise<void> {
    this.stopped = true
    if (this.timer) clearTimeout(this.timer)
    await this.round
  }

  /** One round: all that is due, of every shop. */
  async look(): Promise<void> {
    await this.sweep()
    const { rows } = await runAsPlatform(() => this.options.knex.raw<{ rows: { tenant_id: string; first: Date }[] }>(
      `select k.tenant_id, min(k.due_at) as first from tenancy.plugin_task k join tenancy.tenant t on t.id = k.tenant_id and t.status = 'active'
       join tenancy.tenant_plugin p on p.tenant_id = k.tenant_id and p.plugin = k.plugin and p.quarantined_at is null
       where k.plugin = any(?::text[]) and not exists (select from tenancy.plugin_kill d where d.plugin = k.plugin) group by 1 order by 2`,
      [this.options.registry.all.map(({ id }) => id)],
    ))
    const shops = rows.map(({ tenant_id, first }) => ({ tenant_id, first: first.getTime() }))
    const next = async (): Promise<void> => {
      for (let shop = shops.shift(); shop && !this.stopped; shop = shops.shift()) await this.serve(shop.tenant_id, shop.first)
    }
    await Promise.all(Array.from({ length: SHOPS_AT_ONCE }, next))
  }

  private serve(tenant: string, first: number): Promise<void> {
    return runInTenant(tenant, async () => {
      if (first > this.options.now()) return
      // One by one: the lease of a task that waits for its neighbours would run out.
      for (let left = TASKS_A_ROUND; left > 0 && !this.stopped; left--) {
        const due = await this.claim(tenant)
        if (!due) return
        await this.run(tenant, due)
      }
    })
  }

  private async claim(tenant: string): Promise<Due | null> {
    const now = this.options.now()
    const { rows } = await this.options.knex.raw<{ rows: Due[] }>(
      // Materialized: as a sub-select it may be read again for each row, and would then claim more than the one that is run.
      `with first as materialized (
         select t.plugin, t.key from tenancy.plugin_task t join tenancy.tenant_plugin p on p.tenant_id = t.tenant_id and p.plugin = t.plugin and p.quarantined_at is null
         where t.tenant_id = ? and t.due_at <= ? and t.plugin = any(?::text[]) order by t.due_at limit 1 for update of t skip locked)
       update tenancy.plugin_task k set attempts = k.attempts + 1, due_at = ? from first where k.tenant_id = ? and k.plugin = first.plugin and k.key = first.key
       returning k.plugin, k.key, k.task, k.payload, k.attempts, k.due_at::text`,
      [tenant, new Date(now), this.options.registry.all.map(({ id }) => id), new Date(now + LEASE_MS), tenant],
    )
    return rows[0] ?? null
  }

  private async run(tenant: string, { plugin, key, task, payload, attempts, due_at }: Due): Promise<void> {
    const { knex, registry, container, guard, now } = this.options
    // Whoever moved it meanwhile wants it run again.
    const mine = [tenant, plugin, key, attempts, due_at]
    const still = "where tenant_id = ? and plugin = ? and key = ? and attempts = ? and due_at = ?::timestamptz"
    try {
      const work = registry.find(plugin)?.tasks[task]
      if (!work) throw new Error(`${plugin} has no task ${task}`)
      await guard(plugin, () => work({ scope: container(), tenant, payload, attempt: attempts }))
      await knex.raw(`delete from tenancy.plugin_task ${still}`, mine)
    } catch (err) {
      log.error({ err, plugin, task, attempts }, "a task of a plugin failed")
      const problem = err instanceof Error ? err.message : String(err)
      await knex.raw(`update tenancy.plugin_task set due_at = ?, last_error = ? ${still}`, [new Date(now() + waitAfter(attempts)), problem.slice(0, 500), ...mine])
    }
  }

  private async sweep(): Promise<void> {
    const now = this.options.now()
    if (now - this.swept < HOUR_MS) return
    this.swept = now
    await runAsPlatform(() => forgetPurged(this.options.knex, now))
  }
}
