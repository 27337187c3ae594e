import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import path from "node:path"
import { installedFolders, readInstalled } from "@fangshi/server/src/plugin-host/installed"
import type { Trust } from "@fangshi/server/src/plugin-host/signing/seal"
import { verifyInstalled } from "@fangshi/server/src/plugin-host/signing/verify-installed"
import { operatorsPlugins } from "@fangshi/server/src/settings"
import { type AddOptions, addPlugin } from "../src/commands/plugin-add"
import { removePlugin } from "../src/commands/plugin-list"
import { packPlugin } from "../src/commands/plugin-pack"
import { publish } from "../src/commands/plugin-publish"
import { signPackage } from "../src/commands/plugin-sign"
import { readTarball, writeTarball } from "../src/signing/tarball"
import { alone } from "../src/signing/write-json"
import { codeOf, packageJsonOf, workshop } from "./plugin-folder"
import { smallRegistry } from "./small-registry"

let shop: ReturnType<typeof workshop>
let data: string
beforeEach(() => {
  jest.spyOn(console, "log").mockImplementation(() => undefined)
  shop = workshop()
  data = path.join(shop.root, "data")
  believe(shop.trust)
})
afterEach(() => {
  jest.restoreAllMocks()
  shop.remove()
})

/** Writes down whom the deployment believes. */
function believe(trust: Trust) {
  mkdirSync(data, { recursive: true })
  writeFileSync(path.join(data, "plugin-trust.json"), JSON.stringify(trust))
}
const add = (what: string, options: AddOptions = {}) => addPlugin(what, options, data)
/** What a start would load, or the code of what it refuses. */
const start = () => codeOf(() => operatorsPlugins({ FANGSHI_DATA: data }))
const folderOf = (id: string) => path.join(data, "plugins", readInstalled(data).plugins.find((each) => each.id === id)?.folder ?? "none")
const versions = () => readInstalled(data).plugins.map(({ id, version }) => `${id}@${version}`)
/** All that was written, but for the link to the platform's packages. */
const written = () => (existsSync(path.join(data, "plugins")) ? readdirSync(path.join(data, "plugins")).filter((name) => name !== "node_modules") : [])

/** A plain Medusa plugin as npm has it. */
function plain(name: string, version: string, files: Record<string, string> = {}, json: object = {}): string {
  const file = path.join(shop.root, "plain.tgz")
  const all = { "package.json": JSON.stringify({ name, version, license: "MIT", ...json }), ".medusa/server/src/api/store/hello/route.js": "exports.GET = () => undefined\n", ...files }
  writeTarball(new Map(Object.entries(all).map(([each, text]) => [each, Buffer.from(text)])), file)
  return file
}

describe("fangshi plugin add", () => {
  it("unpacks a sealed tarball into a folder of its version, has Medusa find its source, and puts it on the deployment's list", async () => {
    const { plugin } = await add(await shop.sealed("notes", "1.2.0"))
    expect(plugin).toMatchObject({ id: "notes", package: "@acme/notes", version: "1.2.0", sealed: true })
    expect(plugin.folder).toMatch(/^notes\/1\.2\.0-[0-9a-f]{12}$/)
    expect(existsSync(path.join(folderOf("notes"), ".medusa/server/src/api/store/notes/route.ts"))).toBe(true)
    expect(existsSync(path.join(data, "plugins/node_modules/@fangshi/contracts/package.json"))).toBe(true)
    expect(operatorsPlugins({ FANGSHI_DATA: data, FANGSHI_PLUGINS: "medusa-plugin-notes" })).toEqual(["medusa-plugin-notes", folderOf("notes")])
    expect(installedFolders(path.join(shop.root, "other"))).toEqual([])
  })

  it("goes up, keeps the version that a running host may still read, and removes those before it", async () => {
    for (const version of ["1.2.0", "1.10.0", "2.0.0-beta.1", "2.0.0"]) await add(await shop.sealed("notes", version))
    expect(versions()).toEqual(["notes@2.0.0"])
    expect(readdirSync(path.join(data, "plugins/notes")).map((name) => name.replace(/-[0-9a-f]{12}$/, "")).sort()).toEqual(["2.0.0", "2.0.0-beta.1"])
  })

  it("refuses an older version, also once the newer was removed", async () => {
    const older = await shop.sealed("notes", "1.9.0")
    await add(await shop.sealed("notes", "1.10.0"))
    expect(await codeOf(() => add(older))).toBe("PLUGIN_DOWNGRADE")
    await removePlugin("notes", data)
    expect(await codeOf(() => add(older))).toBe("PLUGIN_DOWNGRADE")
    expect(versions()).toEqual([])
    expect(await codeOf(async () => add(await shop.sealed("points", "1.0.0")))).toBe("none")
  })

  it("puts a damaged installation right when the same version is added again", async () => {
    const file = await shop.sealed("notes", "1.2.0")
    await add(file)
    writeFileSync(path.join(folderOf("notes"), "src/api/store/notes/route.ts"), "changed")
    expect(await codeOf(() => verifyInstalled(folderOf("notes"), shop.trust))).toBe("PLUGIN_FILE_CHANGED")
    await add(file)
    expect(await codeOf(() => verifyInstalled(folderOf("notes"), shop.trust))).toBe("none")
  })

  it("writes nothing of a package that it refuses", async () => {
    const file = await shop.sealed("notes", "1.2.0")
    const changed = shop.tampered(file, (content) => content.set("src/plugin.ts", Buffer.from("export {}")))
    expect(await codeOf(() => add(changed))).toBe("PLUGIN_FILE_CHANGED")
    expect(await codeOf(() => add(changed, { plain: true }))).toBe("PLUGIN_FILE_CHANGED")
    expect(await codeOf(() => add(shop.tampered(file, (content) => content.delete("fangshi.seal.json")), { plain: true }))).toBe("PLUGIN_UNSEALED")
    rmSync(path.join(data, "plugin-trust.json"))
    expect(await codeOf(() => add(file))).toBe("PLUGIN_PUBLISHER_UNKNOWN")
    believe({ ...shop.trust, revoked: ["notes@1.2.0"] })
    expect(await codeOf(() => add(file))).toBe("PLUGIN_REVOKED")
    const unsigned = await packPlugin(shop.plugin("notes", "1.2.0"), path.join(shop.root, "unsigned.tgz"))
    expect(await codeOf(() => add(unsigned))).toBe("PLUGIN_UNSEALED")
    expect(await codeOf(() => add(unsigned, { plain: true }))).toBe("PLUGIN_UNSEALED")
    expect([written(), existsSync(path.join(data, "plugins.json"))]).toEqual([[], false])
  })

  it.each([
    ["made for another platform", { "src/plugin.ts": `import { definePlugin } from "@fangshi/contracts"\nconst text = { "zh-CN": "便笺", en: "Notes" }\nexport const plugin = definePlugin({ id: "notes", version: "1.2.0", core: "^9.0.0", name: text, description: text })\n` }, "PLUGIN_CORE_UNFIT"],
    ["that needs a package the platform does not bring", { "package.json": packageJsonOf("notes", "1.2.0", { dependencies: { "left-pad-of-nobody": "^1.0.0" } }) }, "PLUGIN_NEED_UNMET"],
    ["that needs another version of one it does bring", { "package.json": packageJsonOf("notes", "1.2.0", { dependencies: { zod: "^1.0.0" } }) }, "PLUGIN_NEED_UNMET"],
  ])("refuses a sealed one %s", async (_what, files, code) => {
    const file = await shop.sealed("notes", "1.2.0", files as unknown as Record<string, string>)
    expect(await codeOf(() => add(file))).toBe(code)
    expect(versions()).toEqual([])
  })

  it("refuses another package under an id that is taken", async () => {
    await add(await shop.sealed("notes", "1.2.0"))
    const other = await shop.sealed("notes", "1.3.0", { "package.json": packageJsonOf("notes", "1.3.0", { name: "@evil/notes" }) })
    expect(await codeOf(() => add(other))).toBe("PLUGIN_CONFLICT")
  })

  it("survives many at once: each is on the list, in any order", async () => {
    const files = await Promise.all(["a-one", "b-two", "c-three", "d-four"].map((id) => shop.sealed(id, "1.0.0")))
    await Promise.all(files.map((file) => add(file)))
    expect(versions()).toEqual(["a-one@1.0.0", "b-two@1.0.0", "c-three@1.0.0", "d-four@1.0.0"])
    expect(written()).toEqual(["a-one", "b-two", "c-three", "d-four"])
  })

  it.each([["../notes"], ["@acme"], ["notes@file:../x"], ["git+ssh://evil/x"], ["notes@https://evil.example/x"]])("takes no %s for a package", async (what) => {
    expect(await codeOf(() => add(what))).toBe("REQUEST_INVALID")
  })
})

describe("an installed plugin", () => {
  const changes: [string, (folder: string) => void, string][] = [
    ["whose file changed by a byte", (folder) => writeFileSync(path.join(folder, "src/api/store/notes/route.ts"), "export const GET = () => undefinee\n"), "PLUGIN_FILE_CHANGED"],
    ["with a file more", (folder) => writeFileSync(path.join(folder, "src/more.ts"), ""), "PLUGIN_FILE_CHANGED"],
    ["with a package beside it", (folder) => (mkdirSync(path.join(folder, "node_modules/zod"), { recursive: true }), writeFileSync(path.join(folder, "node_modules/zod/index.js"), "")), "PLUGIN_FILE_CHANGED"],
    ["with a file less", (folder) => rmSync(path.join(folder, "src/api/store/notes/route.ts")), "PLUGIN_FILE_CHANGED"],
    ["with a link in place of a file", (folder) => (rmSync(path.join(folder, "package.json")), symlinkSync("src/plugin.ts", path.join(folder, "package.json"))), "PLUGIN_FILE_CHANGED"],
    ["whose source is led elsewhere", (folder) => (rmSync(path.join(folder, ".medusa/server/src")), symlinkSync("/", path.join(folder, ".medusa/server/src"))), "PLUGIN_FILE_CHANGED"],
    ["without its seal", (folder) => rmSync(path.join(folder, "fangshi.seal.json")), "PLUGIN_UNSEALED"],
  ]
  it.each(changes)("%s is refused at the next start", async (_what, change, code) => {
    await add(await shop.sealed("notes", "1.2.0"))
    expect(verifyInstalled(folderOf("notes"), shop.trust)).toMatchObject({ plugin: { id: "notes" } })
    change(folderOf("notes"))
    expect([await codeOf(() => verifyInstalled(folderOf("notes"), shop.trust)), await start()]).toEqual([code, code])
  })

  it("is refused at the next start once its publisher or its version is revoked", async () => {
    await add(await shop.sealed("notes", "1.2.0"))
    for (const revoked of [shop.publisher.name, shop.operator.name, "notes@1.2.0"]) {
      believe({ ...shop.trust, revoked: [revoked] })
      expect(await start()).toBe("PLUGIN_REVOKED")
    }
    believe({ ...shop.trust, revoked: ["notes@1.1.0"] })
    expect(await start()).toBe("none")
    await removePlugin("notes", data)
  })

  it("goes with its folder and its line, and an unknown one is named", async () => {
    await add(await shop.sealed("notes", "1.2.0"))
    await add(await shop.sealed("points", "1.0.0"))
    await removePlugin("notes", data)
    expect([versions(), written()]).toEqual([["points@1.0.0"], ["points"]])
    expect(operatorsPlugins({ FANGSHI_DATA: data })).toEqual([folderOf("points")])
    expect(await codeOf(() => removePlugin("notes", data))).toBe("PLUGIN_UNKNOWN")
  })

  it("is listed in a file that is read strictly: one that leads outside is no list", async () => {
    await add(await shop.sealed("notes", "1.2.0"))
    const file = path.join(data, "plugins.json")
    writeFileSync(file, readFileSync(file, "utf8").replace(/"folder": "[^"]*"/, '"folder": "../../elsewhere"'))
    expect(await start()).toBe("PLUGIN_FILE_UNREADABLE")
  })
})

describe("a plain Medusa plugin", () => {
  it("is installed only where the operator says so, and is marked", async () => {
    const file = plain("medusa-plugin-hello", "0.3.0")
    expect(await codeOf(() => add(file))).toBe("PLUGIN_UNSEALED")
    expect((await add(file, { plain: true })).plugin).toMatchObject({ id: "medusa-plugin-hello", sealed: false })
    expect(operatorsPlugins({ FANGSHI_DATA: data })).toEqual([folderOf("medusa-plugin-hello")])
    expect(await codeOf(() => add(plain("medusa-plugin-hello", "0.2.9"), { plain: true }))).toBe("PLUGIN_DOWNGRADE")
  })

  it("never takes the place of a sealed one, and is a Medusa plugin at least", async () => {
    await add(await shop.sealed("notes", "1.2.0", { "package.json": packageJsonOf("notes", "1.2.0", { name: "notes" }) }))
    expect(await codeOf(() => add(plain("notes", "1.3.0"), { plain: true }))).toBe("PLUGIN_UNSEALED")
    writeTarball(new Map([["package.json", Buffer.from('{"name":"left","version":"1.0.0"}')]]), path.join(shop.root, "left.tgz"))
    expect(await codeOf(() => add(path.join(shop.root, "left.tgz"), { plain: true }))).toBe("PLUGIN_UNREADABLE")
  })

  it("is warned of with file and line where it cannot be switched shop by shop, and not where it can", async () => {
    const server = ".medusa/server/src"
    const { findings } = await add(plain("medusa-plugin-hello", "0.3.0", {
      [`${server}/modules/mail/service.js`]: 'const { Pool } = require("pg")\nlet sent = 0\nclass Mail {\n  constructor({ logger }, options) {\n    this.key = options.api_key\n  }\n}\n',
      [`${server}/modules/mail/models/code.js`]: 'const { model } = require("@medusajs/framework/utils")\nexports.Code = model.define("code", {\n  code: model.text().primaryKey(),\n})\n',
      [`${server}/modules/mail/models/mail.js`]: 'const { model } = require("@medusajs/framework/utils")\nconst NAMES = ["a"]\nexports.Mail = model.define("mail", { id: model.id({ prefix: "mail" }).primaryKey(), to: model.text() })\n',
      [`${server}/modules/mail/migrations/Migration1.js`]: 'this.addSql(`create table "code" (constraint "p" primary key ("code"));`)\nthis.addSql(`create table "mail" (constraint "q" primary key ("id"));`)\n',
      [`${server}/cache.js`]: "exports.x = 1\nconst seen = new Map()\nfunction f() {\n  const seen = new Map()\n  let x = 1\n}\n// let y\n",
      [`${server}/admin/index.js`]: 'let shown = new Map()\n',
      [`${server}/types.d.ts`]: "let x: 1\n",
    }), { plain: true })
    const short = findings.map(({ because, file, line }) => `${because} ${path.basename(file)}:${line}`).sort()
    expect(short).toEqual(["connections service.js:1", "credentials service.js:4", "credentials service.js:5", "keys Migration1.js:1", "keys code.js:2", "keys code.js:3", "state cache.js:2", "state service.js:2"])
  })
})

describe("a folder registry", () => {
  const registry = () => path.join(shop.root, "registry")

  it("holds each version once, with its hash, and hands out the newest that is no trial, or the one asked for", async () => {
    for (const version of ["1.9.0", "1.10.0", "2.0.0-beta.1"]) await publish(await shop.sealed("notes", version), { to: registry() })
    expect(await codeOf(async () => publish(await shop.sealed("notes", "1.9.0"), { to: registry() }))).toBe("PLUGIN_VERSION_TAKEN")
    const index = JSON.parse(readFileSync(path.join(registry(), "@acme/notes/index.json"), "utf8")) as { name: string; versions: Record<string, object> }
    expect([index.name, Object.keys(index.versions)]).toEqual(["@acme/notes", ["1.9.0", "1.10.0", "2.0.0-beta.1"]])
    expect(index.versions["1.9.0"]).toEqual({ file: "notes-1.9.0.tgz", integrity: expect.stringMatching(/^sha512-/) as string, plugin: "notes" })
    await add("@acme/notes@1.9.0", { from: registry() })
    expect(versions()).toEqual(["notes@1.9.0"])
    await add("@acme/notes", { from: registry() })
    expect(versions()).toEqual(["notes@1.10.0"])
    await add("@acme/notes@2.0.0-beta.1", { from: registry() })
    expect(versions()).toEqual(["notes@2.0.0-beta.1"])
  })

  it("does not lose one of many that are published at once", async () => {
    const files = await Promise.all(["1.0.0", "1.1.0", "1.2.0", "1.3.0"].map((version) => shop.sealed("notes", version)))
    await Promise.all(files.map((file) => publish(file, { to: registry() })))
    const { versions } = JSON.parse(readFileSync(path.join(registry(), "@acme/notes/index.json"), "utf8")) as { versions: object }
    expect(Object.keys(versions).sort()).toEqual(["1.0.0", "1.1.0", "1.2.0", "1.3.0"])
  })

  it("refuses what nobody signed or was changed, an unknown package, and bytes that were exchanged", async () => {
    const unsigned = await packPlugin(shop.plugin("notes", "1.2.0"), path.join(shop.root, "unsigned.tgz"))
    expect(await codeOf(() => publish(unsigned, { to: registry() }))).toBe("PLUGIN_UNSEALED")
    const file = await shop.sealed("notes", "1.2.0")
    expect(await codeOf(() => publish(shop.tampered(file, (content) => content.set("src/more.ts", Buffer.from(""))), { to: registry() }))).toBe("PLUGIN_FILE_CHANGED")
    await publish(file, { to: registry() })
    expect(await codeOf(() => add("@acme/points", { from: registry() }))).toBe("PLUGIN_UNKNOWN")
    expect(await codeOf(() => add("@acme/notes@1.3.0", { from: registry() }))).toBe("PLUGIN_UNKNOWN")
    copyFileSync(await shop.sealed("notes", "1.2.1"), path.join(registry(), "@acme/notes/notes-1.2.0.tgz"))
    expect(await codeOf(() => add("@acme/notes", { from: registry() }))).toBe("PLUGIN_FILE_CHANGED")
  })

  it("is freed by whoever worked in it, also after a failure", async () => {
    expect(await codeOf(() => alone(registry(), () => Promise.reject(Object.assign(new Error("x"), { code: "X" }))))).toBe("X")
    expect(await alone(registry(), () => 7)).toBe(7)
  })
})

describe("an npm registry", () => {
  let npm: Awaited<ReturnType<typeof smallRegistry>>
  const before = { npm_config_userconfig: process.env.npm_config_userconfig, npm_config_registry: process.env.npm_config_registry }
  beforeEach(async () => {
    npm = await smallRegistry()
    const settings = path.join(shop.root, ".npmrc")
    writeFileSync(settings, `${npm.url.replace("http:", "")}/:_authToken=of-this-test\ncache=${path.join(shop.root, "npm-cache")}\n`)
    // The registry of whoever runs the tests is not asked.
    Object.assign(process.env, { npm_config_userconfig: settings, npm_config_registry: npm.url })
  })
  afterEach(async () => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
    await npm.close()
  })

  it("takes a sealed plugin once, and hands it out to be verified", async () => {
    const file = await shop.sealed("notes", "1.2.0")
    await publish(file, { to: npm.url })
    expect(await codeOf(() => publish(file, { to: npm.url }))).toBe("PLUGIN_VERSION_TAKEN")
    await add("@acme/notes@1.2.0", { from: npm.url })
    expect([versions(), await codeOf(() => verifyInstalled(folderOf("notes"), shop.trust))]).toEqual([["notes@1.2.0"], "none"])
    expect(await codeOf(() => add("@acme/nobody", { from: npm.url }))).toBe("PLUGIN_REGISTRY_FAILED")
  })

  it("may hand out what was tampered with under a hash of its own: the seal still refuses it", async () => {
    const file = await shop.sealed("notes", "1.2.0")
    npm.put("@acme/notes", "1.2.0", readFileSync(shop.tampered(file, (content) => content.set("src/more.ts", Buffer.from("")))))
    expect(await codeOf(() => add("@acme/notes", { from: npm.url }))).toBe("PLUGIN_FILE_CHANGED")
    expect(readTarball(file).has("src/more.ts")).toBe(false)
    signPackage(file, shop.publisher.file, "publisher")
    npm.put("@acme/notes", "1.2.1", readFileSync(file))
    expect(await codeOf(() => add("@acme/notes", { from: npm.url }))).toBe("PLUGIN_NOT_COUNTERSIGNED")
  })

  it("brings a plain plugin with the packages it needs, but never a second Medusa", async () => {
    const left = path.join(shop.root, "left.tgz")
    writeTarball(new Map([["package.json", Buffer.from('{"name":"left-of-this-test","version":"1.0.0"}')]]), left)
    npm.put("left-of-this-test", "1.0.0", readFileSync(left))
    npm.put("medusa-plugin-hello", "0.3.0", readFileSync(plain("medusa-plugin-hello", "0.3.0", {}, { dependencies: { "left-of-this-test": "^1.0.0", "@medusajs/framework": "1.0.0", zod: "*" }, scripts: { postinstall: "exit 1" } })))
    await add("medusa-plugin-hello", { plain: true })
    const folder = folderOf("medusa-plugin-hello")
    expect(readdirSync(path.join(folder, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["left-of-this-test"])
  })
})
