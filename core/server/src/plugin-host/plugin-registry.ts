import { existsSync, readdirSync } from "node:fs"
import path from "node:path"
import { FangshiError, type PluginManifest, PluginManifestFault, definePlugin } from "@fangshi/contracts"
import type { MedusaContainer } from "@medusajs/framework/types"
import { assertTogether } from "./assert-together"
import { type FoundPackage, findPackage } from "./find-package"
import { assertAsSealed } from "./signing/verify-installed"

/** Under which name the container keeps the plugins of this process. */
export const PLUGIN_REGISTRY = "fangshi_plugin_registry"

/** What a plugin's task is given; it runs in the shop that asked for it, at least once. */
export type TaskRun = { scope: MedusaContainer; tenant: string; payload: Record<string, string | number | boolean | null>; attempt: number }
export type Task = (run: TaskRun) => Promise<void>
type LifecycleStep = (run: { scope: MedusaContainer; tenant: string }) => Promise<void>
/** src/lifecycle.ts of a plugin. Each may run more than once. `seed` fills a demo shop. */
export type Lifecycle = { activate?: LifecycleStep; deactivate?: LifecycleStep; seed?: LifecycleStep }

/** A plugin of this process. `manifest` is null for a plain Medusa plugin, whose id is the name of its package. */
export type LoadedPlugin = KnownPlugin & { lifecycle: Lifecycle; tasks: Readonly<Record<string, Task>> }
/** What a plugin says of itself, without its code. */
export type KnownPlugin = { id: string; package: string; version: string; folder: string; manifest: PluginManifest | null }

const sourceOf = (folder: string) => path.join(folder, ".medusa/server/src")

function load<T>(plugin: string, file: string): T | null {
  if (![".ts", ".js"].some((ending) => existsSync(file + ending))) return null
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- which plugins there are is known only now
    return require(file) as T
  } catch (error) {
    throw new FangshiError("PLUGIN_UNREADABLE", { plugin, problem: error instanceof Error ? error.message : String(error) }, { cause: error })
  }
}

/** What was checked once must not be widened later by the plugin itself. */
function freeze(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return
  Object.freeze(value)
  for (const each of Object.values(value)) freeze(each)
}

function checkedManifest(found: FoundPackage, manifest: PluginManifest): PluginManifest {
  const unreadable = (problem: string, cause?: unknown) => new FangshiError("PLUGIN_UNREADABLE", { plugin: found.package, problem }, { cause })
  try {
    definePlugin(manifest)
  } catch (error) {
    if (error instanceof PluginManifestFault) throw unreadable(error.message, error)
    throw unreadable("src/plugin.ts does not export `plugin`, made by definePlugin", error)
  }
  if (manifest.id !== found.id) throw unreadable(`package.json calls it ${found.id} (fangshi.plugin), src/plugin.ts ${manifest.id}`)
  if (manifest.version !== found.version) throw unreadable(`package.json has version ${found.version}, src/plugin.ts ${manifest.version}`)
  const { settings, ...facts } = manifest
  freeze(facts)
  Object.freeze(manifest)
  return manifest
}

function readPlugin(plugin: string): KnownPlugin {
  const found = findPackage(plugin)
  const exported = load<{ plugin?: PluginManifest }>(found.package, path.join(sourceOf(found.folder), "plugin"))
  if (!exported) return { ...found, manifest: null }
  const manifest = checkedManifest(found, exported.plugin as PluginManifest)
  assertAsSealed(found.folder, manifest)
  return { ...found, manifest }
}

function loadPlugin(plugin: string): LoadedPlugin {
  const known = readPlugin(plugin)
  const { manifest, ...found } = known
  if (!manifest) return { ...known, lifecycle: {}, tasks: {} }
  const source = sourceOf(found.folder)
  const tasks = manifest.tasks.map((name): [string, Task] => {
    const task = load<{ default?: Task }>(found.package, path.join(source, "tasks", name))?.default
    if (!task) throw new FangshiError("PLUGIN_UNREADABLE", { plugin: found.package, problem: `src/tasks/${name}.ts has no default export` })
    return [name, task]
  })
  return { ...found, manifest, lifecycle: load<Lifecycle>(found.package, path.join(source, "lifecycle")) ?? {}, tasks: Object.fromEntries(tasks) }
}

/** Medusa runs one migration of each name, whoever brings it: a second one's tables would be missing. Throws PLUGIN_CONFLICT. */
function assertMigrationsApart(plugins: readonly KnownPlugin[]): void {
  const owners = new Map<string, string>()
  for (const { id, folder } of plugins) {
    for (const file of migrationsIn(path.join(sourceOf(folder), "modules"))) {
      const other = owners.get(file)
      if (other !== undefined) throw new FangshiError("PLUGIN_CONFLICT", { what: "migration", name: file, one: other, other: id })
      owners.set(file, id)
    }
  }
}

function migrationsIn(modules: string): string[] {
  if (!existsSync(modules)) return []
  const folders = readdirSync(modules).map((module) => path.join(modules, module, "migrations")).filter((folder) => existsSync(folder))
  return folders.flatMap((folder) => readdirSync(folder).filter((file) => /^Migration.*\.[cm]?[jt]s$/.test(file) && !file.endsWith(".d.ts")).map((file) => path.parse(file).name))
}

/** The plugins this process was started with, or what they say of themselves. */
export class PluginRegistry<P extends KnownPlugin = LoadedPlugin> {
  private constructor(readonly all: readonly P[]) {}

  /** Loads every plugin's words on itself, its lifecycle and its tasks. Throws PLUGIN_UNREADABLE, PLUGIN_CORE_UNFIT, PLUGIN_NEED_UNMET, PLUGIN_CONFLICT; `core` is the platform's version. */
  static load(plugins: readonly string[], core: string): PluginRegistry {
    return PluginRegistry.of(plugins.map(loadPlugin), core)
  }

  /** Reads only the words, for who shows them or keeps settings: there in no time, where the code loads half of Medusa. Throws as load. */
  static read(plugins: readonly string[], core: string): PluginRegistry<KnownPlugin> {
    return PluginRegistry.of(plugins.map(readPlugin), core)
  }

  private static of<P extends KnownPlugin>(all: readonly P[], core: string): PluginRegistry<P> {
    assertTogether(all.flatMap(({ manifest }) => (manifest ? [{ facts: manifest }] : [])), core)
    assertMigrationsApart(all)
    return new PluginRegistry(all)
  }

  find(id: string): P | null {
    return this.all.find((plugin) => plugin.id === id) ?? null
  }

  /** Throws PLUGIN_UNKNOWN. */
  get(id: string): P {
    const found = this.find(id)
    if (!found) throw new FangshiError("PLUGIN_UNKNOWN", { plugin: id, known: this.all.map((plugin) => plugin.id).join(", ") || "–" })
    return found
  }

  /** Whose this file is; null for Medusa and the platform itself. */
  ownerOf(file: string): string | null {
    return this.all.find(({ folder }) => file.startsWith(sourceOf(folder) + path.sep) || file.startsWith(path.join(folder, "src") + path.sep))?.id ?? null
  }
}
