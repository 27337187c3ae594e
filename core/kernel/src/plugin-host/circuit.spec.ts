import { FangshiError, pluginErrors } from "@fangshi/contracts"
import { MedusaError } from "@medusajs/framework/utils"
import { Circuit, isFailure } from "./circuit"
import type { PluginWorkKind } from "./running"

const RULES = { failures: 3, window_ms: 1_000, share: 0.1 }

function circuit() {
  let at = 0
  const made = new Circuit(() => at, RULES)
  const work = (plugin: string, tenant: string, kind: PluginWorkKind) => ({ plugin, tenant, kind })
  return {
    begin: (times: number, kind: PluginWorkKind = "request") => Array.from({ length: times }, () => made.begin(work("one", "a", kind))),
    fail: (plugin = "one", tenant = "a", kind: PluginWorkKind = "request") => made.fail(work(plugin, tenant, kind)),
    pass: (ms: number) => void (at += ms),
  }
}

describe("the circuit of a plugin in a shop", () => {
  it("opens with the third failure within the window, and then begins anew", () => {
    const { fail } = circuit()
    expect([fail(), fail(), fail(), fail(), fail(), fail()]).toEqual([false, false, true, false, false, true])
  })

  it("forgets a failure when it is as old as the window, and not before", () => {
    const early = circuit()
    early.fail()
    early.fail()
    early.pass(999)
    expect(early.fail()).toBe(true)
    const late = circuit()
    late.fail()
    late.fail()
    late.pass(1_000)
    expect([late.fail(), late.fail(), late.fail()]).toEqual([false, false, true])
  })

  it("counts neither another shop's failures nor another plugin's", () => {
    const { fail } = circuit()
    expect([fail("one", "a"), fail("one", "b"), fail("two", "a"), fail("one", "a"), fail("one", "b"), fail("two", "a")]).not.toContain(true)
    expect([fail("one", "b"), fail("one", "a"), fail("two", "a")]).toEqual([true, true, true])
  })

  it("stays closed while the failures are fewer than a tenth of what was begun, and opens with the first that makes a tenth", () => {
    const { begin, fail } = circuit()
    begin(40)
    expect([fail(), fail(), fail()]).toEqual([false, false, false])
    expect(fail()).toBe(true)
  })

  it("forgets what was begun when it is older than the window", () => {
    const { begin, fail, pass } = circuit()
    begin(1_000)
    pass(1_000)
    begin(30)
    expect([fail(), fail(), fail()]).toEqual([false, false, true])
  })

  it("counts what was begun of the same kind only: requests that go well excuse no job", () => {
    const { begin, fail } = circuit()
    begin(1_000)
    expect([fail("one", "a", "job"), fail("one", "a", "job"), fail("one", "a", "request"), fail("one", "a", "job")]).toEqual([false, false, false, true])
  })
})

const refused = pluginErrors({ TRADE_CLOSED: { status: 409, text: { "zh-CN": "关了", en: "closed" }, hint: { "zh-CN": "等", en: "wait" } }, TRADE_BROKEN: { status: 500, text: { "zh-CN": "坏了", en: "broken" }, hint: { "zh-CN": "修", en: "mend" } } })

describe("what counts as a failure", () => {
  it.each<[string, unknown, boolean]>([
    ["a bug", new TypeError("x is not a function"), true],
    ["nothing at all", undefined, true],
    ["a text", "broken", true],
    ["a plugin's refusal", refused("TRADE_CLOSED"), false],
    ["a plugin's own 500", refused("TRADE_BROKEN"), true],
    ["a permission it has not", new FangshiError("PLUGIN_FORBIDDEN"), false],
    ["being too slow", new FangshiError("PLUGIN_TIMEOUT"), true],
    ["another host that does not answer", new FangshiError("PLUGIN_HTTP_FAILED"), true],
    ["being quarantined already", new FangshiError("PLUGIN_QUARANTINED"), false],
    ["Medusa's not found", new MedusaError("not_found", "no"), false],
    ["Medusa's not found out of a workflow", { type: "not_found", message: "no" }, false],
    ["a refusal out of a workflow", { name: "FangshiError", status: 409, code: "TRADE_CLOSED" }, false],
    ["a bug out of a workflow", { name: "TypeError", message: "x is not a function" }, true],
    ["Medusa's unexpected state", new MedusaError("unexpected_state", "no"), true],
    ["a value Postgres refuses", Object.assign(new Error("duplicate key"), { code: "23505" }), false],
    ["a table that is not there", Object.assign(new Error("no table"), { code: "42P01" }), true],
    ["a database that is shut down", Object.assign(new Error("terminating connection"), { code: "57P01" }), false],
    ["no free connection", Object.assign(new Error("pool"), { name: "KnexTimeoutError" }), false],
  ])("%s", (_what, thrown, counts) => expect(isFailure(thrown)).toBe(counts))
})
