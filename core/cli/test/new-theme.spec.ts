import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { type NewTheme, writeTheme } from "../src/commands/new-theme"

const OPTIONS: NewTheme = { extends: "plain", primary: "#1d4e89", accent: "#f2a33a" }

let themes: string
beforeEach(() => {
  themes = mkdtempSync(path.join(tmpdir(), "fangshi-themes-"))
  mkdirSync(path.join(themes, "plain"))
  writeFileSync(path.join(themes, "plain/package.json"), "{}")
})
afterEach(() => rmSync(themes, { recursive: true }))

const refusal = (name: string, options: Partial<NewTheme> = {}) => {
  try {
    writeTheme(name, { ...OPTIONS, ...options }, themes)
  } catch (error) {
    return error
  }
  return null
}

describe("fangshi new theme", () => {
  it("writes a package named after the theme, extending the one it was told, without a word left to fill in", () => {
    const files = writeTheme("paper-lantern", { ...OPTIONS, title: "纸灯" }, themes)
    expect(files).toContain(path.join("themes", "paper-lantern", "src", "sections", "Signboard.tsx"))
    const folder = path.join(themes, "paper-lantern")
    const texts = files.map((file) => readFileSync(path.join(themes, path.relative("themes", file)), "utf8"))
    expect(texts.filter((text) => /__[a-z_]+__/.test(text))).toEqual([])
    expect(JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"))).toMatchObject({ name: "@fangshi/theme-paper-lantern", dependencies: { "@fangshi/theme-plain": "0.1.0" } })
    expect(readFileSync(path.join(folder, "src/look.ts"), "utf8")).toMatch(/extends: "plain",\n {2}title: \{ "zh-CN": "纸灯", en: "纸灯" \}/)
    expect(readFileSync(path.join(folder, "src/theme.css"), "utf8")).toContain('@import "@fangshi/theme-plain/src/theme.css";')
  })

  it.each([["Lantern", "THEME_NAME_INVALID"], ["../lantern", "THEME_NAME_INVALID"], ["a", "THEME_NAME_INVALID"], ["lantern-", "THEME_NAME_INVALID"], ["plain", "THEME_EXISTS"]])("refuses the name %s", (name, code) => {
    expect(refusal(name)).toMatchObject({ code })
    expect(readdirSync(themes)).toEqual(["plain"])
  })

  it.each([[{ extends: "neon-dreams" }, { code: "THEME_UNKNOWN" }], [{ primary: "red" }, { code: "REQUEST_INVALID", params: { field: "primary" } }], [{ title: 'a"b' }, { code: "REQUEST_INVALID", params: { field: "title" } }]])("refuses %j and writes nothing", (options, expected) => {
    expect(refusal("lantern", options)).toMatchObject(expected)
    expect(existsSync(path.join(themes, "lantern"))).toBe(false)
  })
})
