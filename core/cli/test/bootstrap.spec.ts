import { spawn } from "node:child_process"
import { cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { REPOSITORY, type Run } from "./run-fangshi"

/** Stands for npm: notes that it was called, and installs what the bootstrap looks for; exit code and words come from the environment. */
const NPM = `
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs"
appendFileSync("npm-calls", process.argv.slice(2).join(" ") + "\\n")
if (process.env.NPM_FAILS) {
  console.error(process.env.NPM_FAILS)
  process.exit(7)
}
const put = (file, text) => {
  mkdirSync(file.slice(0, file.lastIndexOf("/")), { recursive: true })
  writeFileSync(file, text)
}
put("node_modules/tsx/package.json", JSON.stringify({ name: "tsx", exports: { "./cjs": "./cjs.js", "./esm": "./esm.js" } }))
put("node_modules/tsx/cjs.js", "")
put("node_modules/tsx/esm.js", "")
put("node_modules/@react-router/dev/bin.js", \`
const fs = require("node:fs")
fs.appendFileSync("builds", "one\\\\n")
if (process.env.BUILD_FAILS) {
  console.error(process.env.BUILD_FAILS)
  process.exit(3)
}
fs.mkdirSync("storefront/app/build/server", { recursive: true })
fs.writeFileSync("storefront/app/build/server/index.js", "")
\`)
`

const LOCK = JSON.stringify({ lockfileVersion: 3, packages: {} })
const STACK = /^\s+at \S|node:internal/m
/** A step as it is shown when something was done: sign, name, time. */
const done = (name: string) => expect.stringMatching(new RegExp(`^✓ ${name} {2}\\d+\\.\\d s$`)) as string
const [INSTALL, LINK, BUILD] = ["安装依赖 Install packages", "链接插件 Link plugins", "构建商城页面 Build storefront"]

let root: string

/** A clone as git makes it: no node_modules, nothing built; one plugin, and a program that only says what it was asked. */
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "fangshi-clone-"))
  put("package.json", JSON.stringify({ private: true }))
  put("package-lock.json", LOCK)
  put("npm.mjs", NPM)
  put("plugins/points/package.json", "{}")
  put("plugins/points/src/plugin.ts", "export {}\n")
  put("storefront/app/app/root.tsx", "export {}\n")
  put("core/cli/src/main.ts", 'console.log("ran " + process.argv.slice(2).join(" "))\nprocess.exitCode = Number(process.env.PROGRAM_CODE ?? 0)\n')
  for (const name of ["cli/bootstrap", "cli/bootstrap.mjs", "kernel/bootstrap", "kernel/src/tenancy/late-packages.cjs"]) cpSync(path.join(REPOSITORY, "core", name), path.join(root, "core", name), { recursive: true })
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function put(file: string, text: string) {
  const full = path.join(root, file)
  mkdirSync(path.dirname(full), { recursive: true })
  writeFileSync(full, text)
}

const linesOf = (file: string): string[] => (existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), "utf8").trim().split("\n") : [])

/** Runs what is behind `npm start` in the clone. */
function bootstrap(args: string[], env: Record<string, string> = {}, nodeFlags: string[] = []): Promise<Run & { lines: string[] }> {
  const child = spawn(process.execPath, [...nodeFlags, "core/cli/bootstrap.mjs", ...args], { cwd: root, env: { PATH: process.env.PATH, NODE_NO_WARNINGS: "1", npm_execpath: path.join(root, "npm.mjs"), ...env }, stdio: ["ignore", "pipe", "pipe"] })
  const run: Run = { code: null, out: "", err: "" }
  child.stdout.on("data", (chunk: Buffer) => (run.out += chunk.toString()))
  child.stderr.on("data", (chunk: Buffer) => (run.err += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.once("error", reject)
    child.once("close", (code) => resolve({ ...run, code, lines: run.out.trim().split("\n") }))
  })
}

describe("npm start in a fresh clone", () => {
  it("installs, links and builds without any package, shows the time of each step, then runs the command", async () => {
    const run = await bootstrap(["start", "--loud"])
    expect(run).toMatchObject({ code: 0, err: "" })
    expect(run.lines).toEqual([done(INSTALL), done(LINK), done(BUILD), "ran start --loud"])
    expect(linesOf("npm-calls")).toEqual(["ci"])
    expect(lstatSync(path.join(root, "plugins/points/.medusa/server/src")).isSymbolicLink()).toBe(true)
    expect(readFileSync(path.join(root, "plugins/points/.medusa/server/src/plugin.ts"), "utf8")).toBe("export {}\n")
  })

  it("skips at the second run what is done", async () => {
    await bootstrap(["start"])
    const again = await bootstrap(["start"])
    expect(again).toMatchObject({ code: 0, err: "", out: "ran start\n" })
    expect([linesOf("npm-calls"), linesOf("builds")]).toEqual([["ci"], ["one"]])
  })

  it("does again only what a change made stale", async () => {
    await bootstrap(["start"])
    put("storefront/app/app/root.tsx", "export const changed = 1\n")
    expect((await bootstrap(["start"])).lines).toEqual([done(BUILD), "ran start"])
    put("plugins/coupons/package.json", "{}")
    put("plugins/coupons/src/plugin.ts", "export {}\n")
    expect((await bootstrap(["start"])).lines).toEqual([done(LINK), "ran start"])
    put("plugins/coupons/src/storefront/index.ts", "export {}\n")
    expect((await bootstrap(["start"])).lines).toEqual([done(BUILD), "ran start"])
    put("plugins/coupons/src/plugin.ts", "export const changed = 1\n")
    expect((await bootstrap(["start"])).lines).toEqual(["ran start"])
    expect((await bootstrap(["start"], { FANGSHI_PLUGINS: "@acme/points" })).lines).toEqual([done(BUILD), "ran start"])
    put("package-lock.json", `${LOCK}\n`)
    expect((await bootstrap(["start"])).lines).toEqual([done(INSTALL), done(BUILD), "ran start"])
  })

  it("takes over an install that somebody has made by hand, but not one older than the lock file", async () => {
    await bootstrap(["run", "check"])
    put("node_modules/.package-lock.json", "{}")
    rmSync(path.join(root, "node_modules/.fangshi-lock"))
    await bootstrap(["run", "check"])
    expect(linesOf("npm-calls")).toEqual(["ci"])
    rmSync(path.join(root, "node_modules/.fangshi-lock"))
    utimesSync(path.join(root, "node_modules/.package-lock.json"), 1, 1)
    await bootstrap(["run", "check"])
    expect(linesOf("npm-calls")).toEqual(["ci", "ci"])
  })

  it("builds no pages for a command that shows none", async () => {
    const run = await bootstrap(["run", "tenant", "list"])
    expect(run.lines).toEqual([done(INSTALL), done(LINK), "ran tenant list"])
  })

  it("gives Medusa settings of the clone's own, in which its telemetry is off", async () => {
    put("core/cli/src/main.ts", 'import { readFileSync } from "node:fs"\nconsole.log(readFileSync(process.env.XDG_CONFIG_HOME + "/medusa/config.json", "utf8"))\n')
    const [settings = ""] = (await bootstrap(["check"])).lines.slice(-1)
    expect(JSON.parse(settings)).toEqual({ telemetry: { enabled: false } })
  })

  it("ends with the code of the command", async () => {
    expect((await bootstrap(["check"], { PROGRAM_CODE: "5" })).code).toBe(5)
  })
})

describe("a step that fails", () => {
  const expectFailure = (run: Run, name: string, words: string, hint: string) => {
    expect(run.code).toBe(1)
    expect(run.err).toMatch(new RegExp(`^✗ ${name} {2}\\d+\\.\\d s\n`))
    expect(run.err).toContain(words)
    expect(run.err.trim().split("\n").at(-1)).toBe(`→ ${hint}`)
    expect(run.err).not.toMatch(STACK)
    expect(run.out).not.toContain("ran ")
  }

  it("shows npm's words, where the whole log is, and what to do; the next run begins there", async () => {
    const run = await bootstrap(["start"], { NPM_FAILS: "npm error network ETIMEDOUT" })
    expectFailure(run, INSTALL, "npm error network ETIMEDOUT\n(.data/logs/install.log)", "检查网络后重新运行 Check the network and run it again: npm ci")
    expect(linesOf(".data/logs/install.log")).toEqual(["npm error network ETIMEDOUT"])
    expect((await bootstrap(["start"])).lines).toEqual([done(INSTALL), done(LINK), done(BUILD), "ran start"])
  })

  it("shows what the build of the pages complains about; the next run builds again", async () => {
    const run = await bootstrap(["start"], { BUILD_FAILS: "root.tsx:1 unexpected token" })
    expectFailure(run, BUILD, "root.tsx:1 unexpected token", "修改后重新运行 Mend it and run again")
    expect((await bootstrap(["start"])).lines).toEqual([done(BUILD), "ran start"])
  })

  it("names a folder that cannot be written", async () => {
    put("plugins/points/.medusa", "a file where a folder should be")
    expectFailure(await bootstrap(["start"]), LINK, "plugins/points/.medusa", "检查 plugins/ 的写权限 Check that plugins/ is writable")
  })

  it("says so where there is no npm at all", async () => {
    expectFailure(await bootstrap(["start"], { npm_execpath: "", PATH: root }), INSTALL, "npm", "检查网络后重新运行 Check the network and run it again: npm ci")
  })
})

describe("Node", () => {
  const pretend = (version: string) => ["--import", `data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"${version}"}})`]

  it.each(["18.20.4", "20.18.3", "21.7.0", "22.11.0", "23.11.0"])("%s is refused in two languages before anything is done", async (version) => {
    const run = await bootstrap(["start"], {}, pretend(version))
    expect(run).toMatchObject({ code: 1, out: "" })
    expect(run.err).toContain(`✗ Node ${version}\n  需要 Node 20.19、22.12 或 24 以上。\n  Node 20.19, 22.12 or 24 and later is needed`)
    expect(run.err).not.toMatch(STACK)
    expect(linesOf("npm-calls")).toEqual([])
  })

  it.each(["20.19.0", "22.12.0", "24.0.0", "26.1.0"])("%s is accepted", async (version) => {
    expect((await bootstrap(["check"], {}, pretend(version))).code).toBe(0)
  })
})
