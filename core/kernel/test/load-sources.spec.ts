import { execFile } from "node:child_process"
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { promisify } from "node:util"

const REPOSITORY = path.resolve(__dirname, "../../..")

let root: string

/** A clone with two packages, one of which uses the other, and a program of its own. */
beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), "fangshi-sources-")))
  cpSync(path.join(REPOSITORY, "core/kernel/bootstrap"), path.join(root, "core/kernel/bootstrap"), { recursive: true })
  cpSync(path.join(REPOSITORY, "core/kernel/src/tenancy/late-packages.cjs"), path.join(root, "core/kernel/src/tenancy/late-packages.cjs"))
  mkdirSync(path.join(root, "node_modules"))
  symlinkSync(path.join(REPOSITORY, "node_modules/tsx"), path.join(root, "node_modules/tsx"))
  put("package.json", "{}")
  put("node_modules/.package-lock.json", "{}")
  put("node_modules/one/index.js", 'exports.two = require("two")\n')
  put("node_modules/two/index.js", 'module.exports = "two"\n')
  put("main.ts", 'import { two } from "one"\nconsole.log(two as string)\n')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function put(file: string, text: string) {
  const full = path.join(root, file)
  mkdirSync(path.dirname(full), { recursive: true })
  writeFileSync(full, text)
}

/** What the program of the clone says; throws when it fails. */
async function start(env: Record<string, string> = {}): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["--require", path.join(root, "core/kernel/bootstrap/load-sources.cjs"), path.join(root, "main.ts")], { cwd: root, env: { PATH: process.env.PATH, ...env } })
  expect(stderr).toBe("")
  return stdout.trim()
}

type Kept = { of: string; found: [string, string][]; shapes: [string, { names: string[] }][] }
const KEPT = ".data/cache/packages.json"
const kept = () => JSON.parse(readFileSync(path.join(root, KEPT), "utf8")) as Kept
const twoFromOne = (answer: string): [string, string] => ["one\0two", answer]

describe("what a process of ours loads", () => {
  it("of a package is what lies there, of our own is what tsx makes of it", async () => {
    put("node_modules/one/index.js", 'exports.text = String(() => import("two"))\n')
    put("main.ts", 'import { text } from "one"\nconsole.log(text as string)\nconsole.log(String(() => import("two")).includes(".then("))\n')
    expect((await start()).split("\n")).toEqual(['() => import("two")', "true"])
  })

  it("names the lines of our TypeScript and the lines of a package's JavaScript", async () => {
    const map = { version: 3, sources: ["before.ts"], names: [], mappings: "AASA" }
    put("node_modules/one/index.js", `exports.where = () => new Error().stack\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString("base64")}\n`)
    put("main.ts", 'import { where } from "one"\ninterface Gone {\n  a: string\n}\n\nconst own = (): string | undefined => new Error().stack\nconsole.log(where())\nconsole.log(own())\nexport type { Gone }\n')
    const said = await start()
    expect(said).toMatch(/one[\\/]index\.js:1:\d+/)
    expect(said).not.toContain("before.ts")
    expect(said).toMatch(/at own \(.*main\.ts:6:\d+\)/)
  })

  it("may be TypeScript or an ES module that import() asks for", async () => {
    put("later.ts", "export const later: string = 'later'\n")
    put("node_modules/three/package.json", JSON.stringify({ type: "module", exports: { import: "./index.js" } }))
    put("node_modules/three/index.js", "export const three = await Promise.resolve('three')\n")
    put("main.ts", 'const load = async () => console.log((await import("./later")).later, (await import("three")).three as string)\nvoid load()\n')
    expect(await start()).toBe("later three")
  })

  it("may be TypeScript that a package asks for", async () => {
    put("src/plugin/index.ts", "export const named: string = 'plugin'\n")
    put("node_modules/one/index.js", 'exports.two = require(process.cwd() + "/src/plugin").named\n')
    expect(await start()).toBe("plugin")
  })
})

describe("where packages were found", () => {
  it("is known to the next start until npm changes something", async () => {
    expect(await start()).toBe("two")
    expect(kept().found).toContainEqual(twoFromOne(path.join("two", "index.js")))
    put("node_modules/one/node_modules/two/index.js", 'module.exports = "nested"\n')
    expect(await start()).toBe("two")
    put("node_modules/.package-lock.json", "{ }")
    expect(await start()).toBe("nested")
    expect(kept().found).toContainEqual(twoFromOne(path.join("one", "node_modules", "two", "index.js")))
  })

  it("is looked up again for a file that is gone", async () => {
    await start()
    rmSync(path.join(root, "node_modules/two/index.js"))
    put("node_modules/two/index.json", '"moved"')
    expect(await start()).toBe("moved")
    expect(kept().found).toContainEqual(twoFromOne(path.join("two", "index.json")))
  })

  it.each([
    ["is no JSON", () => "{"],
    ["is something else", ({ of }: Kept) => JSON.stringify({ of, found: [["one\0two"]], shapes: [] })],
    ["is of another Node or of other packages", () => JSON.stringify({ of: "another", found: [twoFromOne("evil.js")], shapes: [] })],
    ["leads out of the packages", ({ of }: Kept) => JSON.stringify({ of, found: [twoFromOne("../evil.js")], shapes: [] })],
    ["has no shapes", ({ of }: Kept) => JSON.stringify({ of, found: [twoFromOne("evil.js")] })],
  ])("is not believed to a file that %s", async (_what, broken) => {
    await start()
    const whole = kept()
    for (const file of ["evil.js", "node_modules/evil.js"]) put(file, 'module.exports = "evil"\n')
    put(KEPT, broken(whole))
    expect(await start()).toBe("two")
    expect(kept()).toEqual(whole)
  })

  it("is not kept where npm has left no record, nor for a process that asks for other files", async () => {
    rmSync(path.join(root, "node_modules/.package-lock.json"))
    await start()
    put("node_modules/.package-lock.json", "{}")
    await start({ NODE_OPTIONS: "--conditions=development" })
    expect(existsSync(path.join(root, KEPT))).toBe(false)
  })

  it("is kept whole by two starts at once", async () => {
    expect(await Promise.all([start(), start(), start()])).toEqual(["two", "two", "two"])
    expect(kept().found).toContainEqual(twoFromOne(path.join("two", "index.js")))
    expect(readdirSync(path.join(root, ".data/cache")).filter((name) => name.startsWith("packages"))).toEqual(["packages.json"])
  })
})

describe("a package that is loaded late", () => {
  beforeEach(() => {
    const late = path.join(root, "core/kernel/src/tenancy/late-packages.cjs")
    writeFileSync(late, readFileSync(late, "utf8").replace(/new Map\(\[.*?\n\]\)/s, 'new Map([["one/index.js", ["two"]]])'))
    put("node_modules/two/index.js", 'console.log("loaded"); exports.two = "two"; exports.three = (n) => n + 3\n')
    put("node_modules/one/index.js", 'const all = require("two"); exports.all = all; for (const name in all) Object.defineProperty(exports, name, { enumerable: true, get: () => all[name] })\n')
  })
  const says = async (program: string) => {
    put("main.ts", program)
    return (await start()).split("\n")
  }

  it("is there, whole, before and after it is used, from the second start on", async () => {
    const program = 'import * as one from "one"\nconsole.log(Object.keys(one).join(), one.all.__esModule)\nconsole.log(one.two, one.three(1), "three" in one.all, "four" in one.all)\n'
    const used = ["default,all,two,three undefined", "two 4 true false"]
    expect(await says(program)).toEqual(["loaded", ...used])
    expect(await says(program)).toEqual([used[0], "loaded", used[1]])
    expect(await says('import "one"\nconsole.log("unused")\n')).toEqual(["unused"])
  })

  it("can be a function and a class", async () => {
    put("node_modules/two/index.js", 'console.log("loaded"); module.exports = class Two { static of() { return new Two() } name = "two" }\n')
    const program = 'import { all } from "one"\nconsole.log(typeof all)\nconsole.log(new all().name, all.of().name)\n'
    expect(await says(program)).toEqual(["loaded", "function", "two two"])
    expect(await says(program)).toEqual(["function", "loaded", "two two"])
  })

  it("is loaded at once for a file that is not named, and where npm has left no record", async () => {
    put("node_modules/four/index.js", 'require("two")\n')
    await start()
    expect(await says('import "four"\nconsole.log("ran")\n')).toEqual(["loaded", "ran"])
    rmSync(path.join(root, "node_modules/.package-lock.json"))
    expect(await says('import "one"\nconsole.log("ran")\n')).toEqual(["loaded", "ran"])
  })

  it("is one that Medusa names at that place", () => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- plain JavaScript, without types
    const { LATE } = require("../src/tenancy/late-packages.cjs") as { LATE: Map<string, string[]> }
    const missing = [...LATE].flatMap(([file, requests]) => {
      const text = readFileSync(path.join(REPOSITORY, "node_modules", file), "utf8")
      return requests.filter((request) => !text.includes(`require("${request}")`))
    })
    expect([LATE.size > 0, missing]).toEqual([true, []])
  })
})

describe("a cache that cannot be written", () => {
  it("in the clone is in the data folder", async () => {
    put(".data", "a file where a folder should be")
    expect(await start({ FANGSHI_DATA: path.join(root, "data") })).toBe("two")
    expect(readdirSync(path.join(root, "data/cache"))).toContain("packages.json")
  })

  it("anywhere stops no start", async () => {
    put(".data", "a file where a folder should be")
    expect(await start()).toBe("two")
    expect(await start({ FANGSHI_DATA: path.join(root, ".data") })).toBe("two")
  })

  it("at its end leaves nothing half-made", async () => {
    mkdirSync(path.join(root, KEPT), { recursive: true })
    expect(await start()).toBe("two")
    expect(readdirSync(path.join(root, ".data/cache")).filter((name) => name.startsWith("packages"))).toEqual(["packages.json"])
  })
})
