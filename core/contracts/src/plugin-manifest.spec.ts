import { z } from "zod"
import { type PluginInput, definePlugin, upgradedSettings } from "./plugin-manifest"

const text = (zh: string, en: string) => ({ "zh-CN": zh, en })
const plain: PluginInput = { id: "notes", version: "1.0.0", core: "^0.1.0", name: text("便笺", "Notes"), description: text("写便笺", "Takes notes") }
const faultOf = (input: object) => {
  try {
    definePlugin(input as PluginInput)
    return null
  } catch (error) {
    const { name, path, problem } = error as { name: string; path: string; problem: { "zh-CN": string; en: string } }
    expect([name, /\p{Script=Han}/u.test(problem["zh-CN"]), problem.en.length > 0]).toEqual(["PluginManifestFault", true, true])
    return path
  }
}

describe("a plugin's manifest", () => {
  it("needs no more than who it is, and asks for nothing then", () => {
    const made = definePlugin(plain)
    expect(made).toMatchObject({ needs: {}, permissions: { capabilities: [], events: [], hosts: [] }, emits: [], slots: [], tasks: [], console: [], tables: [], errors: {}, secrets: [], settings_version: 1 })
    expect(made.settings.parse({})).toEqual({})
  })

  it("keeps what it declares", () => {
    const settings = z.strictObject({ greeting: z.string().default("您好"), token: z.string().default("") })
    const whole = { ...plain, needs: { points: "^1.0.0" }, permissions: { capabilities: ["http" as const], events: ["order.placed"], hosts: ["api.example.com", "*.pay.example.cn"] }, emits: ["notes.written"], tables: ["note"], errors: { NOTE_EMPTY: { status: 422, text: text("空", "Empty"), hint: text("写", "Write") } } }
    expect(definePlugin({ ...whole, settings, secrets: ["token"] })).toMatchObject({ ...whole, secrets: ["token"] })
  })

  const wrong: [string, object][] = [
    ["id", { id: "Notes" }], ["id", { id: "a" }], ["id", { id: "no--tes" }],
    ["version", { version: "1.0" }], ["version", { version: "01.0.0" }], ["core", { core: "latest" }], ["core", { core: "*" }],
    ["name.en", { name: { "zh-CN": "便笺" } }],
    ["needs.notes", { needs: { notes: "^1.0.0" } }], ["needs.points", { needs: { points: "newest" } }],
    ["permissions.capabilities.0", { permissions: { capabilities: ["root"] } }],
    ["permissions.capabilities", { permissions: { capabilities: ["http", "http"] } }],
    ["permissions.hosts", { permissions: { hosts: ["api.example.com"] } }],
    ...["127.0.0.1", "localhost", "10.0.0.8", "[::1]", "*", "*.com.", "https://a.example", "a.example:8080", "a.example/x", "*.*.example", "A.example"].map((host): [string, object] => ["permissions.hosts.0", { permissions: { capabilities: ["http"], hosts: [host] } }]),
    ["emits.0", { emits: ["order.placed"] }], ["emits.0", { emits: ["notes"] }], ["tables.0", { tables: ["note; drop"] }],
    ["slots.0", { slots: ["home.below-hero"] }], ["slots.0", { slots: ["notes"] }], ["tasks", { tasks: ["count"] }], ["tasks.0", { tasks: ["../count"], permissions: { capabilities: ["schedule"] } }],
    ["errors.NOTE_EMPTY.status", { errors: { NOTE_EMPTY: { status: 200, text: text("空", "Empty"), hint: text("写", "Write") } } }],
    ["secrets.0", { secrets: ["token"] }],
    ["settings", { settings: z.strictObject({ greeting: z.string() }) }],
    ["migrations", { settings_version: 2 }], ["migrations", { migrations: [{ to: 2, migrate: (all: object) => all }] }],
    ["migrations", { settings_version: 2, migrations: [{ to: 2, migrate: (all: object) => all }, { to: 2, migrate: (all: object) => all }] }],
  ]
  it.each(wrong)("is refused at %s: %j", (path, change) => {
    expect(faultOf({ ...plain, ...change })).toBe(path)
  })

  it("is refused with a word it does not know", () => {
    expect(faultOf({ ...plain, superuser: true })).not.toBeNull()
  })
})

it("stored settings go through every migration after theirs, in order, and through no other", () => {
  const step = (to: number) => ({ to, migrate: (all: Record<string, unknown>) => ({ ...all, way: [...((all.way as number[] | undefined) ?? []), to] }) })
  const plugin = { settings_version: 4, migrations: [step(3), step(2), step(4)] }
  expect(upgradedSettings(plugin, { kept: 1 }, 1)).toEqual({ kept: 1, way: [2, 3, 4] })
  expect(upgradedSettings(plugin, { kept: 1 }, 3)).toEqual({ kept: 1, way: [4] })
  expect(upgradedSettings(plugin, { kept: 1 }, 4)).toEqual({ kept: 1 })
})
