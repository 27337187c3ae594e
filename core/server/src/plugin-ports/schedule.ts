import type { PluginManifest, SchedulePort } from "@fangshi/contracts"
import { currentTenant } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** Writes down what a plugin of the current tenant has run later, in the unit of work of the caller; TaskRunner runs it. */
export const schedulePort = (knex: Knex, { id, tasks }: Pick<PluginManifest, "id" | "tasks">): SchedulePort => ({
  at: async (key, due, task, payload = {}) => {
    if (!tasks.includes(task)) throw new RangeError(`${id} declares no task ${task}`)
    await knex.raw(
      `insert into tenancy.plugin_task (tenant_id, plugin, key, task, payload, due_at) values (?, ?, ?, ?, ?::jsonb, ?)
       on conflict (tenant_id, plugin, key) do update set task = excluded.task, payload = excluded.payload, due_at = excluded.due_at, attempts = 0, last_error = null`,
      [currentTenant(), id, key, task, JSON.stringify(payload), due],
    )
  },
  cancel: async (key) => void (await knex.raw("delete from tenancy.plugin_task where tenant_id = ? and plugin = ? and key = ?", [currentTenant(), id, key])),
})
