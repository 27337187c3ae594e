import { readdirSync } from "node:fs"
import path from "node:path"
import { runCheck } from "../src/check"
import { ARCHITECTURE_FIXTURES, fixtureViolations, treeViolations } from "../src/check/architecture"
import { dictionaryProblems } from "../src/check/dictionary"
import { errorTextProblems } from "../src/check/error-texts"
import { fileNameProblem } from "../src/check/file-names"
import { lineProblems, lockFileProblems, strangeRooms } from "../src/check/house"
import { isAccepted } from "../src/check/licences"
import { brokenLintRules } from "../src/check/lint"
import { keysUnknownToOwner, unknownKeys } from "../src/check/translations"

const ROOT = path.resolve(__dirname, "../../..")

const BREACHES = [
  "app-imports-no-server: admin/app/src/App.tsx → plugins/points/src/modules/points/service.ts",
  "app-imports-no-server: storefront/app/app/root.tsx → core/kernel/src/context.ts",
  "contracts-import-only-zod: core/contracts/src/money.ts → node_modules/pg/esm/index.mjs",
  "core-imports-no-plugin: core/server/src/boot.ts → plugins/points/src/plugin.ts",
  "core-imports-no-theme-or-admin: core/server/src/boot.ts → themes/plain/src/theme.ts",
  "core-imports-no-theme-or-admin: core/server/src/consoles.ts → admin/app/src/console-name.ts",
  "core-imports-storefront-only-at-the-front-door: core/server/src/boot.ts → storefront/app/app/render.ts",
  "kernel-imports-only-contracts: core/kernel/src/host.ts → core/server/src/boot.ts",
  "kit-imports-only-contracts: storefront/kit/src/Slot.tsx → storefront/app/app/shop-name.ts",
  "medusa-internals-only-behind-the-seams: core/server/src/boot.ts → @medusajs/framework/dist/http/router.js",
  "no-circular-import: core/server/src/order.ts → core/server/src/payment.ts",
  "no-enterprise-edition: core/server/src/access.ts → node_modules/@medusajs/medusa/dist/modules/auth-oidc.js",
  "no-enterprise-edition: core/server/src/access.ts → node_modules/@medusajs/rbac/dist/index.js",
  "no-relative-import-out-of-a-package: plugins/points/src/service.ts → core/contracts/src/money.ts",
  "no-unresolved-import: core/server/src/boot.ts → @fangshi/nowhere",
  "plugin-contract-is-pure: plugins/points/src/contract/events.ts → node_modules/pg/esm/index.mjs",
  "plugin-imports-only-the-contract-of-another: plugins/points/src/service.ts → plugins/tickets/src/service.ts",
  "plugin-interface-imports-no-node: plugins/points/src/storefront/Balance.tsx → crypto",
  "plugin-interface-imports-no-server: plugins/points/src/storefront/Balance.tsx → plugins/points/src/modules/points/service.ts",
  "tenants-hold-no-code: tenants/noodles/discount.ts → nothing",
  "theme-imports-only-contracts-and-kit: themes/plain/src/Card.tsx → plugins/points/src/storefront/Balance.tsx",
]

describe("architecture", () => {
  it("has one fixture for every rule, which breaks that rule by these imports alone", async () => {
    const { violations, comments } = await fixtureViolations(ROOT)
    const fixtures = readdirSync(path.join(ROOT, ARCHITECTURE_FIXTURES), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    const local = (file: string | null) => file?.replace(/^core\/testing\/fixtures\/architecture\//, "").replace(/^[^/]+\/(?=core|plugins|themes|tenants|admin|storefront)/, "")
    const folderOf = (file: string) => file.slice(ARCHITECTURE_FIXTURES.length + 1).split("/")[0]
    // Every rule has a fixture, and every fixture breaks nothing but its rule.
    expect(fixtures.map(({ name }) => name).sort()).toEqual([...comments.keys()].sort())
    expect(violations.filter(({ rule, from }) => rule !== folderOf(from))).toEqual([])
    // What a rule allows stands in its fixture as well, and is missing from this list.
    expect(violations.map(({ rule, from, to }) => `${rule}: ${local(from)} → ${local(to) ?? "nothing"}`).sort()).toEqual(BREACHES)
  }, 30_000)

  it("is kept by the real tree", async () => {
    const { violations } = await treeViolations(ROOT)
    expect(violations).toEqual([])
  }, 60_000)
})

describe("lint", () => {
  it("refuses what the compiler lets pass", async () => {
    const text = [
      "import { LOCALES } from \"./localized\"",
      "const work = async () => 1",
      "work()",
      "export const loose = (value: any): typeof LOCALES | null => (value == 1 ? null : null)",
      "console.log(1)",
      "it.only(\"counts\", () => undefined)",
      "it(\"waits\", () => { if (work()) loose(1) })",
      "const unused = 1",
      "// eslint-disable-next-line no-debugger -- nothing to silence here",
      "export const fine = 1",
    ].join("\n")
    const broken = await brokenLintRules(ROOT, "core/contracts/src/index.ts", text)
    expect(broken).toEqual(expect.arrayContaining([
      "@typescript-eslint/consistent-type-imports", "@typescript-eslint/no-explicit-any", "@typescript-eslint/no-floating-promises",
      "@typescript-eslint/no-misused-promises", "@typescript-eslint/no-unused-vars", "eqeqeq", "no-console", "no-restricted-syntax",
      expect.stringContaining("Unused eslint-disable directive"),
    ]))
  }, 60_000)

  it("lets the command line print", async () => {
    expect(await brokenLintRules(ROOT, "core/cli/bin/fangshi.mjs", "console.log(1)\n")).toEqual([])
  }, 30_000)
})

describe("file names", () => {
  it.each([
    "core/server/src/price-step.ts", "core/server/test/sell-ticket.http.spec.ts", "storefront/kit/src/Slot.tsx", "storefront/kit/src/Slot.spec.tsx",
    "storefront/app/app/routes/$handle.tsx", "storefront/app/app/root.tsx", "storefront/app/app/entry.server.tsx", "storefront/app/vite.config.ts",
    "core/server/src/modules/tenants/migrations/Migration20260101.ts", "README.md",
  ])("accepts %s", (file) => expect(fileNameProblem(file)).toBeNull())

  it.each(["core/server/src/priceStep.ts", "core/server/src/PriceStep.ts", "storefront/kit/src/slot.tsx", "core/server/src/utils.ts", "core/server/src/helpers/money.ts"])(
    "refuses %s", (file) => expect(fileNameProblem(file)).toContain(file),
  )
})

describe("licences", () => {
  it.each(["MIT", "(MIT OR GPL-3.0-only)", "Apache-2.0 AND MIT", "(MIT AND Zlib)", "GPL-3.0-only OR (MIT AND ISC)"])("accepts %s", (licence) =>
    expect(isAccepted("anything", licence)).toBe(true))

  it.each(["GPL-3.0-only", "MIT AND GPL-3.0-only", "(MIT OR ISC) AND AGPL-3.0-only", "LGPL-3.0-or-later", "SEE LICENSE IN LICENSE", "none", "()"])(
    "refuses %s of an unnamed package", (licence) => expect(isAccepted("anything", licence)).toBe(false))

  it("accepts an exception only for its package and its licence", () => {
    expect(isAccepted("@img/sharp-libvips-linux-x64", "LGPL-3.0-or-later")).toBe(true)
    expect(isAccepted("@img/sharp-libvips-linux-x64", "GPL-3.0-only")).toBe(false)
    expect(isAccepted("@img/sharp-libvips-linux-x64/../other", "LGPL-3.0-or-later")).toBe(false)
  })
})

describe("translations", () => {
  const between = (zh: Record<string, string>, en: Record<string, string>) => dictionaryProblems({ "zh-CN": zh, en })

  it("finds a key that one language lacks", () => {
    expect(between({ a: "甲", b: "乙" }, { a: "A" })).toEqual(["b is missing in en"])
  })

  it("finds an empty text", () => {
    expect(between({ a: "甲" }, { a: " " })).toEqual(["a is empty in en"])
  })

  it("finds a placeholder that one language forgot", () => {
    expect(between({ a: "你好，{{name}}" }, { a: "Hello" })).toEqual(["a has different placeholders: name / none"])
  })

  it("knows that Chinese has one plural form and English two", () => {
    expect(between({ a_other: "{{count}} 件" }, { a_one: "one item", a_other: "{{count}} items" })).toEqual([])
    expect(between({ a_other: "{{count}} 件" }, { a_other: "{{count}} items" })).toEqual(["a_one is missing in en"])
  })

  it("finds an error text whose languages name different parameters", () => {
    const error = { text: { "zh-CN": "没有 {tenant}", en: "No shop" }, hint: { "zh-CN": "查看", en: "Look" } }
    expect(errorTextProblems({ GONE: error })).toEqual(["GONE.text has different parameters: tenant / none"])
  })

  it("finds a key in code that no dictionary has", () => {
    const code = [{ path: "themes/plain/src/Card.tsx", text: "t(\"card.buy\"); t('shop:card.items', { count }); t(`card.$" + "{kind}`); t(\"card.sell\"); <Trans i18nKey=\"card.lost\" />; get(\"card.x\")" }]
    expect(unknownKeys(code, ["card.buy", "card.items_other"])).toEqual([
      "themes/plain/src/Card.tsx: no dictionary has the key card.sell",
      "themes/plain/src/Card.tsx: no dictionary has the key card.lost",
    ])
  })

  it("finds a word that a plugin takes from another, or the shop from a plugin", () => {
    const code = ["plugins/points/src/storefront/Balance.tsx", "plugins/coupons/src/storefront/index.tsx", "storefront/app/app/Cart.tsx"].map((path) => ({ path, text: "t(\"balance.title\"); t(\"cart.title\")" }))
    expect(keysUnknownToOwner(code, new Map([["plugins/points/src", ["balance.title"]], ["storefront/app/app", ["cart.title"]]]))).toEqual([
      "plugins/points/src/storefront/Balance.tsx: no dictionary has the key cart.title",
      "plugins/coupons/src/storefront/index.tsx: no dictionary has the key balance.title",
      "plugins/coupons/src/storefront/index.tsx: no dictionary has the key cart.title",
      "storefront/app/app/Cart.tsx: no dictionary has the key balance.title",
    ])
  })
})

describe("house", () => {
  const problems = (text: string) => lineProblems({ path: "core/server/src/boot.ts", text })
  const disable = "eslint-" + "disable-next-line"

  it.each([
    ["a path of this machine", `const data = "${["", "home", "li", "shop"].join("/")}"`],
    ["a path of a container", `cd ${["", "work", "main"].join("/")}`],
    ["a registry", `https://${["registry", "example", "org"].join(".")}/zod`],
    ["a promise without an owner", `// ${"TO" + "DO"}: later`],
    ["a silenced rule without a reason", `// ${disable} no-console`],
    ["a half-width comma in a Chinese text", '{ "again": "没有货了,明天再来" }'],
    ["a half-width mark before a Chinese text", "text(`{{phone}},五分钟内有效`)"],
    ["half-width brackets around a Chinese text", 'label: "备注(选填)"'],
  ])("refuses %s", (_what, text) => expect(problems(text)).toHaveLength(1))

  it.each([
    ["a path of an address", "https://shop.example/home/li/shop"],
    ["a promise with an owner", `// ${"TO" + "DO"}(mei): when zones arrive`],
    ["a silenced rule with a reason", `// ${disable} no-console -- the console is the product`],
    ["a registry of slots", "registry.slots.find(name)"],
    ["a Chinese text with marks of its own", '"没有货了，明天再来（或后天）"'],
    ["two Chinese texts with a comma between", 'text("没有货了", "明天再来")'],
    ["a Chinese name in a line of English", "/** 广西, which is short for 广西壮族自治区. */"],
  ])("lets %s stand", (_what, text) => expect(problems(text)).toEqual([]))

  it("knows the six rooms", () => {
    expect(strangeRooms(["core/a.ts", "README.md", ".github/check.yml", "tools/b.ts"])).toEqual([expect.stringContaining("tools/")])
  })

  it("refuses a lock file that names a registry", () => {
    const lock = { packages: { "node_modules/zod": { resolved: "https://example.org/zod.tgz" }, "node_modules/@fangshi/kernel": { resolved: "core/kernel" } } }
    expect(lockFileProblems(JSON.stringify(lock))).toEqual([expect.stringContaining("node_modules/zod")])
  })
})

describe("the check", () => {
  it("runs every step and fails if one of them failed or could not run", async () => {
    const seen: string[] = []
    const step = (name: string, run: () => Promise<{ problems: string[] }>) => ({ name, run: () => (seen.push(name), run()) })
    const log = jest.spyOn(console, "log").mockImplementation(() => undefined)
    const failing = await runCheck(ROOT, [step("breaks", () => Promise.reject(new Error("no tool"))), step("passes", async () => ({ problems: [] }))])
    const passing = await runCheck(ROOT, [step("passes", async () => ({ problems: [] }))])
    const printed = log.mock.calls.flat().join("\n")
    log.mockRestore()
    expect({ failing, passing, seen }).toEqual({ failing: 1, passing: 0, seen: ["breaks", "passes", "passes"] })
    expect(printed).toContain("no tool")
  })
})
