import { execFile } from "node:child_process"
import { existsSync, lstatSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { promisify } from "node:util"
import { dictionaryProblems, flattenTexts } from "../src/check/dictionary"
import { lineProblems } from "../src/check/house"
import { withLine, writePlugin } from "../src/commands/plugin-new"
import { packPlugin } from "../src/commands/plugin-pack"
import { jestArgs } from "../src/commands/plugin-test"
import { readTarball } from "../src/signing/tarball"
import { codeOf } from "./plugin-folder"
import { REPOSITORY } from "./run-fangshi"

const run = promisify(execFile)

jest.setTimeout(300_000)

let root: string
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "fangshi-new-"))
  symlinkSync(path.join(REPOSITORY, "node_modules"), path.join(root, "node_modules"))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const made = (id = "tea-notes") => writePlugin(id, { dir: path.join(root, id), title: "茶语", titleEn: "Tea notes" })
const filesIn = (folder: string) => readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => !/^(?:\.medusa|node_modules)\b/.test(file) && lstatSync(path.join(folder, file)).isFile()).map((file) => file.replaceAll("\\", "/")).sort()
const textsOf = (folder: string) => filesIn(folder).map((file) => ({ path: `plugins/tea-notes/${file}`, text: readFileSync(path.join(folder, file), "utf8") }))

describe("fangshi new plugin", () => {
  it("writes all parts of a plugin in their places, without a word left to fill in and without a breach of the house's rules", () => {
    const folder = made()
    expect(filesIn(folder)).toEqual(expect.arrayContaining(["package.json", "src/plugin.ts", "src/modules/tea-notes/service.ts", "src/modules/tea-notes/migrations/Migration20260101000000TeaNotes.ts", "src/api/store/tea-notes/route.ts", "src/api/admin/tea-notes/route.ts", "src/subscribers/entry-written.ts", "src/storefront/index.tsx", "src/locales/zh-CN.json", "src/locales/en.json", "test/entries.http.spec.ts"]))
    const texts = textsOf(folder)
    expect(texts.filter(({ text }) => /%[a-z_]+%/.test(text)).map(({ path: file }) => file)).toEqual([])
    expect(texts.flatMap(lineProblems)).toEqual([])
    expect(existsSync(path.join(folder, ".medusa/server/src/plugin.ts"))).toBe(true)
    const locale = (name: string) => flattenTexts(JSON.parse(readFileSync(path.join(folder, `src/locales/${name}.json`), "utf8")))
    expect(dictionaryProblems({ "zh-CN": locale("zh-CN"), en: locale("en") })).toEqual([])
  })

  it("can be packed as it is, without its tests", async () => {
    const content = readTarball(await packPlugin(made(), path.join(root, "tea-notes.tgz")))
    expect([...content.keys()]).toEqual(expect.arrayContaining(["fangshi.seal.json", "src/plugin.ts", "src/locales/en.json"]))
    expect([...content.keys()].filter((file) => /spec/.test(file))).toEqual([])
  })

  it.each([["Notes", "REQUEST_INVALID"], ["../notes", "REQUEST_INVALID"], ["n", "REQUEST_INVALID"], ["notes-", "REQUEST_INVALID"]])("refuses the id %s", async (id, code) => {
    expect(await codeOf(() => writePlugin(id, { dir: path.join(root, "new") }))).toBe(code)
    expect(existsSync(path.join(root, "new"))).toBe(false)
  })

  it("refuses a folder that is there, and a title that would break the source", async () => {
    made()
    expect(await codeOf(() => made())).toBe("PLUGIN_EXISTS")
    expect(await codeOf(() => writePlugin("points", { dir: path.join(root, "points"), title: 'a"b' }))).toBe("REQUEST_INVALID")
    expect(existsSync(path.join(root, "points"))).toBe(false)
  })

  it("adds one line to the composition root, whatever stands there", () => {
    const empty = "export const PLUGINS: readonly string[] = []\n"
    const one = withLine(empty, "@fangshi/plugin-a")
    expect(one).toBe('export const PLUGINS: readonly string[] = [\n  "@fangshi/plugin-a",\n]\n')
    expect(withLine(one, "@fangshi/plugin-b")).toBe('export const PLUGINS: readonly string[] = [\n  "@fangshi/plugin-a",\n  "@fangshi/plugin-b",\n]\n')
  })

  it("type-checks and lints as it is", async () => {
    const folder = made()
    writeFileSync(path.join(root, "tsconfig.json"), JSON.stringify({ extends: path.join(REPOSITORY, "tsconfig.json"), compilerOptions: { typeRoots: [path.join(REPOSITORY, "node_modules/@types")] }, include: [`${folder}/**/*.ts`, `${folder}/**/*.tsx`] }))
    const outcome = await Promise.all([
      run(process.execPath, [path.join(REPOSITORY, "node_modules/typescript/bin/tsc"), "-p", root, "--pretty", "false"], { cwd: root }),
      run(process.execPath, [path.join(REPOSITORY, "node_modules/eslint/bin/eslint.js"), "--no-config-lookup", "--config", path.join(REPOSITORY, "eslint.config.mjs"), folder], { cwd: root }),
    ].map((each) => each.then(({ stdout, stderr }) => stdout + stderr, ({ stdout, stderr }: { stdout: string; stderr: string }) => `failed\n${stdout}${stderr}`)))
    expect(outcome).toEqual(["", ""])
  })
})

describe("fangshi plugin test", () => {
  it("has jest run the specs of one plugin, by id or by folder, with what else it is told, and of all without one", async () => {
    const folder = made()
    expect(jestArgs(folder, ["-t", "keeps"]).slice(1)).toEqual(["-t", "keeps", "--config", path.join(REPOSITORY, "core/testing/jest.config.cjs"), "--roots", folder, "--testMatch", `${folder}/**/*.spec.{ts,tsx}`])
    expect(jestArgs(undefined, [])).toContain(path.join(REPOSITORY, "plugins"))
    expect(await codeOf(() => jestArgs("nobody", []))).toBe("PLUGIN_UNKNOWN")
  })
})
