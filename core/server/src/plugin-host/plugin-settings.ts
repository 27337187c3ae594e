import { FangshiError, type PluginManifest, checkValue, upgradedSettings } from "@fangshi/contracts"
import { currentTenant } from "@fangshi/kernel/src/tenancy/context"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { z } from "zod"
import { log } from "../log"
import { Seal } from "../tenants/seal"

export const PLUGIN_SETTINGS = "fangshi_plugin_settings"

type Values = Record<string, unknown>
type Row = { version: number; settings: Values; sealed: string | null }
/** What a form shows: secrets only as whether they are there. */
export type ShownSettings = { values: Values; secrets: Record<string, boolean>; form: object }

/** What each shop set for its plugins. Secrets are sealed for the shop and the plugin. */
export class PluginSettings {
  private readonly seal: Seal
  private known = new Map<string, Values>()
  /** Counts what was forgotten, so that an answer read before is not kept after. */
  private changes = 0

  constructor(
    private readonly knex: Knex,
    masterSecret: string,
  ) {
    this.seal = new Seal(masterSecret)
  }

  /** The current tenant's, every setting filled in, secrets in clear. What no longer fits after an upgrade is back at its start. */
  async get(plugin: PluginManifest): Promise<Values> {
    const key = `${currentTenant()}|${plugin.id}`
    const known = this.known.get(key)
    if (known) return known
    const asked = this.changes
    const values = showable(plugin, await this.stored(plugin))
    if (asked === this.changes) this.known.set(key, values)
    return values
  }

  /** For the form of the current tenant. */
  async show(plugin: PluginManifest): Promise<ShownSettings> {
    const values = await this.get(plugin)
    const open = Object.fromEntries(Object.entries(values).filter(([name]) => !plugin.secrets.includes(name)))
    return { values: open, secrets: Object.fromEntries(plugin.secrets.map((name) => [name, isSet(values[name])])), form: formOf(plugin) }
  }

  /** Changes the settings that are named, and no others. An empty secret takes it away. Throws PLUGIN_SETTINGS_INVALID with the field. */
  async save(plugin: PluginManifest, changes: Values): Promise<void> {
    const tenant = currentTenant()
    // One after the other: two forms that change different settings both count.
    await this.knex.transaction(async (trx) => {
      await trx.raw("select pg_advisory_xact_lock(hashtextextended('plugin-setting:' || current_setting('app.tenant_id') || ':' || ?, 0))", [plugin.id])
      const cleared = Object.fromEntries(Object.entries(changes).filter(([name, value]) => !(plugin.secrets.includes(name) && !isSet(value))))
      const kept = Object.fromEntries(Object.entries(await this.stored(plugin, trx)).filter(([name]) => !(name in changes)))
      const checked = checkValue(plugin.settings, { ...kept, ...cleared })
      if (!checked.ok) throw invalid(plugin, checked.faults[0])
      const values = checked.value as Values
      const part = (secret: boolean) => Object.fromEntries(Object.entries(values).filter(([name]) => plugin.secrets.includes(name) === secret))
      await trx.raw(
        `insert into tenancy.plugin_setting (tenant_id, plugin, version, settings, sealed) values (?, ?, ?, ?::jsonb, ?)
         on conflict (tenant_id, plugin) do update set version = excluded.version, settings = excluded.settings, sealed = excluded.sealed, updated_at = now()`,
        [tenant, plugin.id, plugin.settings_version, JSON.stringify(part(false)), plugin.secrets.length ? this.seal.close(tenant, purposeOf(plugin), part(true)) : null],
      )
    })
    this.forget()
  }

  /** After a change in any process. */
  forget(): void {
    this.changes++
    this.known = new Map()
  }

  private async stored(plugin: PluginManifest, knex: Pick<Knex, "raw"> = this.knex): Promise<Values> {
    const { rows } = await knex.raw<{ rows: Row[] }>("select version, settings, sealed from tenancy.plugin_setting where tenant_id = ? and plugin = ?", [currentTenant(), plugin.id])
    const [row] = rows
    if (!row) return {}
    return upgradedSettings(plugin, { ...row.settings, ...(row.sealed ? this.opened(plugin, row.sealed) : {}) }, row.version)
  }

  private opened(plugin: PluginManifest, sealed: string): Values {
    try {
      return this.seal.open(currentTenant(), purposeOf(plugin), sealed)
    } catch (error) {
      throw new FangshiError("CREDENTIALS_UNREADABLE", { tenant: currentTenant(), provider: plugin.id }, { cause: error })
    }
  }
}

const purposeOf = ({ id }: PluginManifest) => `plugin:${id}`

const isSet = (value: unknown) => value !== undefined && value !== null && value !== ""

function invalid(plugin: PluginManifest, fault?: { path: string; problem: { "zh-CN": string; en: string } }): FangshiError {
  const at = fault?.path || "settings"
  return new FangshiError("PLUGIN_SETTINGS_INVALID", { plugin: plugin.id, field: { "zh-CN": `${at}：${fault?.problem["zh-CN"] ?? ""}`, en: `${at}: ${fault?.problem.en ?? ""}` } })
}

/** All settings; those that do not fit are left out, and so start anew. */
function showable(plugin: PluginManifest, stored: Values): Values {
  const checked = checkValue(plugin.settings, stored)
  if (checked.ok) return checked.value as Values
  const wrong = new Set(checked.faults.map(({ path }) => path.split(".")[0]))
  log.warn({ plugin: plugin.id, fields: [...wrong] }, "settings of a plugin no longer fit and are back at their start")
  const left = Object.fromEntries(Object.entries(stored).filter(([name]) => name in plugin.settings.shape && !wrong.has(name)))
  const again = checkValue(plugin.settings, left)
  return (again.ok ? again.value : plugin.settings.parse({})) as Values
}

/** What the console makes the form from; labels and widgets are in it. */
const formOf = ({ settings }: PluginManifest): object => z.toJSONSchema(settings, { io: "input", unrepresentable: "any" })
