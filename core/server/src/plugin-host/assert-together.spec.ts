import { definePlugin, type PluginInput } from "@fangshi/contracts"
import { assertTogether } from "./assert-together"

const text = { "zh-CN": "便笺", en: "Notes" }
const plugin = (id: string, more: Partial<PluginInput> = {}) => ({ facts: definePlugin({ id, version: "1.2.0", core: "^0.1.0", name: text, description: text, ...more }) })
const refusalOf = (plugins: ReturnType<typeof plugin>[], core = "0.1.4") => {
  try {
    assertTogether(plugins, core)
    return null
  } catch (error) {
    const { code, params } = error as { code: string; params: object }
    return [code, params]
  }
}
const error = { status: 422, text, hint: text }

describe("plugins in one process", () => {
  it("get along where nothing is claimed twice and every need is met, in whatever order they stand", () => {
    const [notes, points] = [plugin("notes", { needs: { points: "^1.1.0" }, tables: ["note"], emits: ["notes.written"], errors: { NOTE_EMPTY: error } }), plugin("points", { tables: ["point"], emits: ["points.given"] })]
    expect(refusalOf([notes, points])).toBeNull()
    expect(refusalOf([points, notes])).toBeNull()
  })

  it.each([["^0.2.0"], ["^1.0.0"], ["0.1.3"], [">=0.1.5"]])("are refused where one was made for the platform %s", (core) => {
    expect(refusalOf([plugin("points"), plugin("notes", { core })])).toEqual(["PLUGIN_CORE_UNFIT", { plugin: "notes", range: core, core: "0.1.4" }])
  })

  it.each([["^2.0.0", "1.2.0"], [">=1.2.1", "1.2.0"], ["~1.1.0", "1.2.0"]])("are refused where one needs points %s and finds %s", (range, found) => {
    expect(refusalOf([plugin("notes", { needs: { points: range } }), plugin("points")])).toEqual(["PLUGIN_NEED_UNMET", { plugin: "notes", needed: `points ${range}`, found }])
  })

  it("are refused where one needs what is not there", () => {
    expect(refusalOf([plugin("notes", { needs: { points: "^1.0.0" } })])).toEqual(["PLUGIN_NEED_UNMET", { plugin: "notes", needed: "points ^1.0.0", found: "–" }])
  })

  const clashes: [string, string, ReturnType<typeof plugin>[]][] = [
    ["id", "notes", [plugin("notes"), plugin("notes")]],
    ["table", "note", [plugin("a-one", { tables: ["note"] }), plugin("b-two", { tables: ["note"] })]],
    ["error", "NOTE_EMPTY", [plugin("a-one", { errors: { NOTE_EMPTY: error } }), plugin("b-two", { errors: { NOTE_EMPTY: error } })]],
  ]
  it.each(clashes)("are refused where two claim one %s: %s", (what, name, plugins) => {
    expect(refusalOf(plugins)).toEqual(["PLUGIN_CONFLICT", { what, name, one: plugins[0]?.facts.id, other: plugins[1]?.facts.id }])
  })

  it("are refused where one claims an error of the platform's", () => {
    expect(refusalOf([plugin("notes", { errors: { NOT_FOUND: error } })])).toMatchObject(["PLUGIN_CONFLICT", { what: "error", name: "NOT_FOUND", one: "Fangshi", other: "notes" }])
  })
})
