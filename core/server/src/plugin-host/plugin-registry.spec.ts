import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { PluginRegistry } from "./plugin-registry"

const CONTRACTS = JSON.stringify(require.resolve("@fangshi/contracts"))

let root: string
beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), "fangshi-plugins-"))))
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** A package as it lies in plugins/, with these files of its src. */
function put(id: string, files: Record<string, string>, { version = "1.0.0", called = id }: { version?: string; called?: string } = {}): string {
  const folder = path.join(root, id)
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, "src", file)), { recursive: true })
    writeFileSync(path.join(folder, "src", file), text)
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: `plugin-${id}`, version, fangshi: { plugin: called } }))
  mkdirSync(path.join(folder, ".medusa/server"), { recursive: true })
  symlinkSync("../../src", path.join(folder, ".medusa/server/src"))
  return folder
}

const manifest = (id: string, more = "") =>
  `const { definePlugin } = require(${CONTRACTS}); const text = { "zh-CN": "便笺", en: "Notes" }; exports.plugin = definePlugin({ id: "${id}", version: "1.0.0", core: "^0.1.0", name: text, description: text, ${more} })`
const failureOf = (folders: string[]): { code: string; message: string } => {
  try {
    PluginRegistry.load(folders, "0.1.0")
  } catch (error) {
    const { code, message } = error as { code: string; message: string }
    return { code, message }
  }
  throw new Error("was loaded")
}

describe("the plugins of a process", () => {
  it("are read with manifest, lifecycle and tasks, and a file belongs to the plugin in whose folder it lies", () => {
    const notes = put("notes", { "plugin.js": manifest("notes", `permissions: { capabilities: ["schedule"] }, tasks: ["count"]`), "tasks/count.js": "exports.default = async () => {}", "lifecycle.js": "exports.activate = async () => {}" })
    const plain = put("notes-too", {})
    const registry = PluginRegistry.load([notes, plain], "0.1.0")
    expect(registry.all.map(({ id, manifest: own, tasks, lifecycle }) => [id, own?.id ?? null, Object.keys(tasks), Object.keys(lifecycle)])).toEqual([["notes", "notes", ["count"], ["activate"]], ["notes-too", null, [], []]])
    expect([`${notes}/src/api/store/route.ts`, `${notes}/.medusa/server/src/jobs/x.js`, `${plain}/src/x.ts`, `${root}/other/src/x.ts`].map((file) => registry.ownerOf(file))).toEqual(["notes", "notes", "notes-too", null])
  })

  it("say who they are without a line of their other code, which only a load runs", () => {
    const notes = put("notes", { "plugin.js": manifest("notes", `permissions: { capabilities: ["schedule"] }, tasks: ["count"]`), "tasks/count.js": "throw new Error('a task')", "lifecycle.js": "throw new Error('a lifecycle')" })
    const registry = PluginRegistry.read([notes, put("notes-too", {})], "0.1.0")
    expect(registry.all.map(({ id, version, manifest: own }) => [id, version, own?.tasks ?? null])).toEqual([["notes", "1.0.0", ["count"]], ["notes-too", "1.0.0", null]])
    expect(() => registry.get("nothing")).toThrow(expect.objectContaining({ code: "PLUGIN_UNKNOWN" }) as Error)
    expect(() => PluginRegistry.read([notes], "0.2.0")).toThrow(expect.objectContaining({ code: "PLUGIN_CORE_UNFIT" }) as Error)
    expect(failureOf([notes])).toMatchObject({ code: "PLUGIN_UNREADABLE", message: expect.stringContaining("a task") as string })
  })

  it("cannot widen what they asked for once they are loaded", () => {
    const registry = PluginRegistry.load([put("notes", { "plugin.js": manifest("notes") })], "0.1.0")
    const own = registry.get("notes").manifest
    expect(() => (own?.permissions.capabilities as string[]).push("ledger.post")).toThrow(TypeError)
    expect(() => Object.assign(own ?? {}, { permissions: {} })).toThrow(TypeError)
  })

  it("say of themselves, where they are sealed, what was signed and shown, whatever their files compute", () => {
    const text = { "zh-CN": "便笺", en: "Notes" }
    const plugin = { id: "notes", version: "1.0.0", core: "^0.1.0", name: text, description: text, needs: {}, permissions: { capabilities: [], events: [], hosts: [] }, emits: [], tables: [], slots: [], tasks: [], console: [], errors: {} }
    const sealed = (more: string) => {
      rmSync(path.join(root, "notes"), { recursive: true, force: true })
      const folder = put("notes", { "plugin.js": manifest("notes", more) })
      writeFileSync(path.join(folder, "fangshi.seal.json"), JSON.stringify({ format: 1, plugin, files: {} }))
      return folder
    }
    expect(failureOf([sealed(`permissions: { capabilities: ["ledger.post"] }`)]).code).toBe("PLUGIN_SEAL_BROKEN")
    jest.resetModules()
    expect(PluginRegistry.load([sealed("")], "0.1.0").get("notes").id).toBe("notes")
  })

  const refused: [string, string, string, () => string[]][] = [
    ["throws while it is imported", "PLUGIN_UNREADABLE", "plugin-notes cannot be read: boom", () => [put("notes", { "plugin.js": "throw new Error('boom')" })]],
    ["exports no manifest", "PLUGIN_UNREADABLE", "does not export", () => [put("notes", { "plugin.js": "exports.something = 1" })]],
    ["has a wrong manifest", "PLUGIN_UNREADABLE", "permissions.hosts", () => [put("notes", { "plugin.js": `exports.plugin = { id: "notes", version: "1.0.0", core: "^0.1.0", name: { "zh-CN": "一", en: "a" }, description: { "zh-CN": "一", en: "a" }, permissions: { hosts: ["a.example"] } }` })]],
    ["calls itself otherwise than its package", "PLUGIN_UNREADABLE", "package.json calls it notebook", () => [put("notes", { "plugin.js": manifest("notes") }, { called: "notebook" })]],
    ["has another version than its package", "PLUGIN_UNREADABLE", "package.json has version 1.0.1", () => [put("notes", { "plugin.js": manifest("notes") }, { version: "1.0.1" })]],
    ["names a task that is not there", "PLUGIN_UNREADABLE", "src/tasks/count.ts", () => [put("notes", { "plugin.js": manifest("notes", `permissions: { capabilities: ["schedule"] }, tasks: ["count"]`) })]],
    ["was made for another platform", "PLUGIN_CORE_UNFIT", "^0.2.0", () => [put("notes", { "plugin.js": manifest("notes").replace("^0.1.0", "^0.2.0") })]],
    ["needs one that is not there", "PLUGIN_NEED_UNMET", "points ^1.0.0", () => [put("notes", { "plugin.js": manifest("notes", `needs: { points: "^1.0.0" }`) })]],
    ["brings a table of another one", "PLUGIN_CONFLICT", "note", () => [put("notes", { "plugin.js": manifest("notes", `tables: ["note"]`) }), put("papers", { "plugin.js": manifest("papers", `tables: ["note"]`) })]],
    ["has a migration of the same name as another one", "PLUGIN_CONFLICT", "Migration1", () => [put("notes", { "modules/notes/migrations/Migration1.js": "" }), put("papers", { "modules/papers/migrations/Migration1.js": "" })]],
  ]
  it.each(refused)("are refused where one %s", (_why, code, said, folders) => {
    const failure = failureOf(folders())
    expect(failure.code).toBe(code)
    expect(failure.message).toContain(said)
  })
})
