import { z } from "zod"
import { localizedText } from "./localized"
import { because, checkValue } from "./schema-faults"

/** What the kernel does for a plugin. Each is declared before it is used; a call without it is refused and noted. */
export const CAPABILITIES = ["catalogue.read", "customers.read", "orders.read", "orders.write", "payments.take", "payments.refund", "stock.reserve", "ledger.post", "notifications.send", "files.write", "schedule", "http"] as const
export type Capability = (typeof CAPABILITIES)[number]

/** Lower-case words with hyphens; stands in addresses, tables and names of events. */
export const pluginId = z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/).min(2).max(40)

/** Semantic version without build data, e.g. 1.4.0 or 2.0.0-beta.1. */
export const pluginVersion = z.string().regex(/^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9a-z-]+(?:\.[0-9a-z-]+)*)?$/).max(60)

/** Versions that will do, e.g. ^1.2.0, ~1.2.0, >=1.2.0 or 1.2.0. */
export const versionRange = z.string().regex(/^(?:\^|~|>=)?\d+\.\d+\.\d+(?:-[0-9a-z.-]+)?$/).max(60)

const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
/** A host by its name, with *. in front for all directly below it. Never an address in figures or a name of the machine itself. */
const outgoingHost = z.string().max(253).regex(new RegExp(`^(?:\\*\\.)?${LABEL}(?:\\.${LABEL})*\\.[a-z]{2,63}$`))

const eventName = z.string().regex(/^[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9_-]*)+$/).max(80)
const slotName = z.string().regex(/^[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)+$/).max(80)
const taskName = z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/).max(60)
const errorCode = z.string().regex(/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/).max(60)
const list = <S extends z.ZodType>(item: S, most = 100) => z.array(item).max(most).refine((items) => new Set(items).size === items.length, because("有重复", "has one twice")).default([])

/** What definePlugin takes, beside `settings`, `secrets`, `settings_version` and `migrations`. */
const head = z.strictObject({
  id: pluginId,
  version: pluginVersion,
  /** Versions of the platform it was made for. */
  core: versionRange,
  name: localizedText,
  description: localizedText,
  /** Plugins whose contract it uses, by id. */
  needs: z.record(pluginId, versionRange).default({}),
  permissions: z.strictObject({
    capabilities: list(z.enum(CAPABILITIES)),
    /** Events of others that it listens to. */
    events: list(eventName),
    /** Hosts it may ask, over https. */
    hosts: list(outgoingHost, 20),
  }).prefault({}),
  /** Events it makes, each beginning with its id. */
  emits: list(eventName),
  /** Tables it brings. */
  tables: list(z.string().regex(/^[a-z][a-z0-9_]*$/).max(50)),
  /** Places in its pages where other plugins may put something, each beginning with its id. */
  slots: list(slotName),
  /** Files of src/tasks that it has run later, or again and again. */
  tasks: list(taskName),
  /** Pages it brings to the console, by the last part of their address. */
  console: z.array(z.strictObject({ path: taskName, title: localizedText })).max(20).default([]),
  errors: z.record(errorCode, z.strictObject({ status: z.int().min(400).max(599), text: localizedText, hint: localizedText })).default({}),
})

/** A plugin's words on itself that are data: what can be signed, shown before it is installed, and compared. */
export type PluginFacts = z.output<typeof head>

/** Brings stored settings to version `to`. */
export type PluginSettingsMigration = { to: number; migrate: (settings: Record<string, unknown>) => Record<string, unknown> }

/** src/plugin.ts of a plugin. */
export type PluginManifest<S extends z.ZodObject = z.ZodObject> = PluginFacts & {
  /** What each shop sets for itself; makes the form. Every setting has a start. */
  settings: S
  /** Settings that are kept encrypted and never shown again. */
  secrets: readonly string[]
  settings_version: number
  migrations: readonly PluginSettingsMigration[]
}

type Optional = "settings" | "secrets" | "settings_version" | "migrations"
export type PluginInput<S extends z.ZodObject = z.ZodObject> = z.input<typeof head> & Partial<Pick<PluginManifest<S>, Optional>>

/** A manifest that is wrong: `path` as in permissions.hosts.0. */
export class PluginManifestFault extends Error {
  constructor(
    readonly plugin: string,
    readonly path: string,
    readonly problem: { "zh-CN": string; en: string },
  ) {
    super(`${plugin}: ${path}: ${problem.en}`)
    this.name = "PluginManifestFault"
  }
}

/** Checks a plugin's words on itself. Throws PluginManifestFault, which names the field. */
export function definePlugin<S extends z.ZodObject>(input: PluginInput<S>): PluginManifest<S> {
  const { settings = z.strictObject({}) as unknown as S, secrets = [], settings_version = 1, migrations = [], ...facts } = input
  const plugin = typeof facts.id === "string" ? facts.id : "?"
  const checked = checkValue(head, facts)
  if (!checked.ok) {
    const [fault] = checked.faults
    throw new PluginManifestFault(plugin, fault?.path ?? "", fault?.problem ?? { "zh-CN": "不正确", en: "is wrong" })
  }
  const refuse = (path: string, zh: string, en: string): never => {
    throw new PluginManifestFault(plugin, path, { "zh-CN": zh, en })
  }
  const { id, emits, slots, tasks, needs, permissions } = checked.value
  for (const [what, names] of Object.entries({ emits, slots })) {
    for (const [i, name] of names.entries()) if (!name.startsWith(`${id}.`)) refuse(`${what}.${i}`, `必须以 ${id}. 开头`, `must begin with ${id}.`)
  }
  if (id in needs) refuse(`needs.${id}`, "不能依赖自己", "cannot need itself")
  if (permissions.hosts.length && !permissions.capabilities.includes("http")) refuse("permissions.hosts", "需要声明 http", "need the capability http")
  if (tasks.length && !permissions.capabilities.includes("schedule")) refuse("tasks", "需要声明 schedule", "need the capability schedule")
  for (const [i, secret] of secrets.entries()) if (!(secret in settings.shape)) refuse(`secrets.${i}`, `没有设置项 ${secret}`, `there is no setting ${secret}`)
  if (!settings.safeParse({}).success) refuse("settings", "每一项都要有默认值", "every setting needs a start")
  const steps = migrations.map(({ to }) => to)
  for (let to = 2; to <= settings_version; to++) if (!steps.includes(to)) refuse("migrations", `缺少升级到 ${to} 的迁移`, `there is no migration to ${to}`)
  if (steps.some((to) => to < 2 || to > settings_version) || new Set(steps).size !== steps.length) refuse("migrations", "迁移与 settings_version 不符", "do not fit settings_version")
  return { ...checked.value, settings, secrets, settings_version, migrations }
}

/** Settings that a shop stored under version `from`, as this version of the plugin reads them. */
export function upgradedSettings({ migrations, settings_version }: Pick<PluginManifest, "migrations" | "settings_version">, stored: Record<string, unknown>, from: number): Record<string, unknown> {
  return [...migrations].filter(({ to }) => to > from && to <= settings_version).sort((a, b) => a.to - b.to).reduce((settings, { migrate }) => migrate(settings), stored)
}
