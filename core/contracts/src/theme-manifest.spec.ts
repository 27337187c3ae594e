import { type PageDocument, type ThemeManifest, checkDocument, defineSection, defineTheme, migrateDocument, resolveTheme, showableSections, textField, z } from "."

const title = { "zh-CN": "题", en: "Title" }
const words = defineSection({ title, pages: ["home", "category"], most: 1, settings: z.strictObject({ text: textField(title) }) })
const theme = (more: Partial<ThemeManifest> = {}) => defineTheme({ name: "plain", title, version: "2.0.0", tokens: { ink: "#000000" }, sections: { words }, pages: {}, ...more })
const document = (...sections: PageDocument["sections"]): PageDocument => ({ sections })
const section = (type: string, settings: Record<string, unknown> = {}, id = type) => ({ id, type, settings })

describe("a theme that extends another", () => {
  const parent = theme({ name: "parent", tokens: { ink: "#111111", card: "#ffffff" }, pages: { home: document(section("words")) } })
  const find = (...themes: ThemeManifest[]) => (name: string) => themes.find((each) => each.name === name)

  it("has its parent's sections, pages and tokens, and its own where both have one", () => {
    const resolved = resolveTheme("child", find(parent, theme({ name: "child", extends: "parent", tokens: { ink: "#222222" }, sections: {} })))
    expect(resolved.tokens).toEqual({ ink: "#222222", card: "#ffffff" })
    expect(Object.keys(resolved.sections)).toEqual(["words"])
    expect(resolved.pages.home).toEqual(document(section("words")))
  })

  it("is refused where the parent is missing or the themes go in a circle", () => {
    expect(() => resolveTheme("child", find(theme({ name: "child", extends: "gone" })))).toThrow("There is no theme gone, which child extends")
    expect(() => resolveTheme("a", find(theme({ name: "a", extends: "b" }), theme({ name: "b", extends: "a" })))).toThrow("a → b → a")
  })
})

describe("a theme's tokens", () => {
  it.each(["red;} body{display:none", "<script>", "url(x)}"])("cannot break out of their rule: %s", (value) => {
    expect(() => theme({ tokens: { ink: value } })).toThrow()
  })
})

describe("a page under a newer version of its theme", () => {
  const migrations = [
    { to: "2.0.0", section: "words", migrate: ({ size: _size, ...rest }: Record<string, unknown>) => rest },
    { to: "1.1.0", section: "headline", rename: "words", migrate: (settings: Record<string, unknown>) => ({ ...settings, size: 2 }) },
    { to: "3.0.0", section: "words", migrate: () => ({}) },
  ]

  it("goes through the steps in the order of versions, from its own to the theme's, and keeps what was edited", () => {
    const old = document(section("headline", { text: { "zh-CN": "旧", en: "old" } }), section("unknown", { kept: true }))
    const now = migrateDocument(theme({ migrations: migrations.slice(0, 2) }), old, "1.0.0")
    expect(now).toEqual(document(section("words", { text: { "zh-CN": "旧", en: "old" } }, "headline"), section("unknown", { kept: true })))
    expect("document" in checkDocument(theme(), "home", document(...now.sections.slice(0, 1)))).toBe(true)
  })

  it("is left alone where it is as new as the step", () => {
    const page = document(section("words", { text: title }))
    expect(migrateDocument(theme({ migrations }), page, "3.0.0")).toEqual(page)
    expect(migrateDocument(theme({ migrations }), page, "2.10.0")).toEqual(document(section("words", {})))
  })
})

describe("a document", () => {
  const faultsAt = (kind: "home" | "category", value: unknown) => {
    const result = checkDocument(theme(), kind, value)
    return "faults" in result ? result.faults.map(({ path }) => path) : []
  }

  it("is filled with what its settings start from", () => {
    expect(checkDocument(theme(), "home", document(section("words")))).toEqual({ document: document(section("words", { text: { "zh-CN": "", en: "" } })) })
  })

  it.each([
    ["an id twice", "home", document(section("words"), { ...section("words"), id: "words" }), ["sections.1.id", "sections"]],
    ["a section more often than it may stand", "home", document(section("words", {}, "a"), section("words", {}, "b")), ["sections"]],
    ["a category without its goods", "category", document(section("words")), ["sections"]],
    ["a category with its goods twice", "category", document(section("main", {}, "a"), section("main", {}, "b")), ["sections"]],
    ["no list of sections", "home", {}, ["sections"]],
  ] as const)("is refused with the place: %s", (_what, kind, value, at) => {
    expect(faultsAt(kind, value)).toEqual(at)
  })

  it("is shown without hidden sections, those the theme has not, and those whose settings do not fit", () => {
    const stored = document(section("words", { text: title }, "a"), { ...section("words", {}, "b"), hidden: true }, section("gone"), section("words", { text: 1 }, "c"))
    expect(showableSections(theme(), "home", stored).map(({ id }) => id)).toEqual(["a"])
  })
})
