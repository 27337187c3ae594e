import { execFileSync } from "node:child_process"
import { readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs"
import path from "node:path"
import { gzipSync } from "node:zlib"
import { SEAL_FILE } from "@fangshi/server/src/plugin-host/signing/seal"
import { Header, create } from "tar"
import { packPlugin } from "../src/commands/plugin-pack"
import { signPackage } from "../src/commands/plugin-sign"
import { makeKey } from "../src/signing/key-file"
import { findSeal, verifyPackage } from "../src/signing/plugin-package"
import { MOST_BYTES, MOST_FILES, readTarball, unpack, writeTarball } from "../src/signing/tarball"
import { codeOf, packageJsonOf, workshop } from "./plugin-folder"

let shop: ReturnType<typeof workshop>
beforeEach(() => (shop = workshop()))
afterEach(() => shop.remove())

const verify = (file: string, trust = shop.trust) => verifyPackage(readTarball(file), trust)

/** A tarball as no npm writes it: entries with any header. */
const archive = (...entries: (Partial<Header> & { path: string; body?: Buffer })[]): Buffer => {
  const blocks = entries.flatMap(({ body = Buffer.alloc(0), ...header }) => {
    const block = Buffer.alloc(512)
    new Header({ type: "File", mode: 0o644, size: body.length, mtime: new Date(0), ...header } as never).encode(block)
    return [block, body, Buffer.alloc((512 - (body.length % 512)) % 512)]
  })
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]))
}

describe("fangshi plugin pack", () => {
  it("takes what npm would publish, with the facts of the manifest and the hash of every file, and leaves out what is made anew", async () => {
    const folder = shop.plugin("notes", "1.2.0", { ".gitignore": "secret.txt\n", "secret.txt": "no", "LICENSE": "MIT", [SEAL_FILE]: "{}" })
    const content = readTarball(await packPlugin(folder, path.join(shop.root, "notes.tgz")))
    expect([...content.keys()].sort()).toEqual(["LICENSE", SEAL_FILE, "package.json", "src/api/store/notes/route.ts", "src/plugin.ts"].sort())
    const seal = findSeal(content)
    expect(seal).toMatchObject({ format: 1, plugin: { id: "notes", version: "1.2.0", core: "^0.1.0", permissions: { capabilities: [], events: [], hosts: [] } } })
    expect(Object.keys(seal?.files ?? {}).sort()).toEqual(["LICENSE", "package.json", "src/api/store/notes/route.ts", "src/plugin.ts"])
  })

  it("makes the same bytes of the same files", async () => {
    const folder = shop.plugin("notes", "1.2.0")
    const first = readFileSync(await packPlugin(folder, path.join(shop.root, "one.tgz")))
    writeFileSync(path.join(folder, "src/plugin.ts"), readFileSync(path.join(folder, "src/plugin.ts")))
    expect(readFileSync(await packPlugin(folder, path.join(shop.root, "two.tgz"))).equals(first)).toBe(true)
  })

  it.each([
    ["whose package.json has another version", { "package.json": packageJsonOf("notes", "1.2.1") }, "PLUGIN_UNREADABLE"],
    ["whose package.json names another plugin", { "package.json": packageJsonOf("notes", "1.2.0", { fangshi: { plugin: "points" } }) }, "PLUGIN_UNREADABLE"],
    ["whose manifest is wrong", { "src/plugin.ts": 'import { definePlugin } from "@fangshi/contracts"\nexport const plugin = definePlugin({ id: "Notes" } as never)\n' }, "PLUGIN_UNREADABLE"],
    ["without a manifest", { "src/plugin.ts": "export {}\n" }, "PLUGIN_UNREADABLE"],
    ["that would leave its manifest out", { "package.json": packageJsonOf("notes", "1.2.0", { files: ["src/api"] }) }, "PLUGIN_UNREADABLE"],
    ["whose package.json is none", { "package.json": "[" }, "PLUGIN_FILE_UNREADABLE"],
  ])("refuses a plugin %s", async (_what, files, code) => {
    const folder = shop.plugin("notes", "1.2.0", files as unknown as Record<string, string>)
    expect(await codeOf(() => packPlugin(folder, path.join(shop.root, "notes.tgz")))).toBe(code)
  })

  it("follows no link, which may lead to a secret", async () => {
    const folder = shop.plugin("notes", "1.2.0")
    symlinkSync(shop.publisher.file, path.join(folder, "src/key.pem"))
    expect(readTarball(await packPlugin(folder, path.join(shop.root, "notes.tgz"))).has("src/key.pem")).toBe(false)
  })

  it("refuses a file whose name no installation takes", async () => {
    const folder = shop.plugin("notes", "1.2.0", { "src/__proto__": "" })
    expect(await codeOf(() => packPlugin(folder, path.join(shop.root, "notes.tgz")))).toBe("PLUGIN_PACKAGE_UNSAFE")
  })
})

describe("fangshi plugin keys", () => {
  it("writes a key that only its owner can read, and never over another", async () => {
    const file = path.join(shop.root, "new/key.pem")
    expect(makeKey(file)).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, "utf8")).toMatch(/^-----BEGIN PRIVATE KEY-----/)
    const before = readFileSync(file, "utf8")
    expect(await codeOf(() => makeKey(file))).toBe("PLUGIN_FILE_UNREADABLE")
    expect(readFileSync(file, "utf8")).toBe(before)
  })
})

describe("fangshi plugin sign", () => {
  it("has the operator sign only what a publisher has", async () => {
    const file = await packPlugin(shop.plugin("notes", "1.2.0"), path.join(shop.root, "notes.tgz"))
    expect(await codeOf(() => signPackage(file, shop.operator.file, "operator"))).toBe("PLUGIN_UNSEALED")
    expect(await codeOf(() => verify(file))).toBe("PLUGIN_UNSEALED")
    signPackage(file, shop.publisher.file, "publisher")
    expect(await codeOf(() => verify(file))).toBe("PLUGIN_NOT_COUNTERSIGNED")
    expect(await codeOf(() => verify(file, { ...shop.trust, operator: null }))).toBe("none")
    signPackage(file, shop.operator.file, "operator")
    expect(await codeOf(() => verify(file))).toBe("none")
  })

  it("drops the operator's signature when the publisher signs again", async () => {
    const file = await shop.sealed("notes", "1.2.0")
    signPackage(file, shop.publisher.file, "publisher")
    expect(await codeOf(() => verify(file))).toBe("PLUGIN_NOT_COUNTERSIGNED")
  })

  it("signs nothing that was changed since it was packed, and with no key of another kind", async () => {
    const file = shop.tampered(await shop.sealed("notes", "1.2.0"), (content) => content.set("src/more.ts", Buffer.from("")))
    expect(await codeOf(() => signPackage(file, shop.publisher.file, "publisher"))).toBe("PLUGIN_FILE_CHANGED")
    const rsa = path.join(shop.root, "rsa.pem")
    execFileSync(process.execPath, ["-e", "require('fs').writeFileSync(process.argv[1], require('crypto').generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }))", rsa])
    expect(await codeOf(() => signPackage(file, rsa, "publisher"))).toBe("PLUGIN_FILE_UNREADABLE")
  })
})

describe("a sealed package", () => {
  const ROUTE = "src/api/store/notes/route.ts"
  const changes: [string, (content: Map<string, Buffer>) => void, string][] = [
    ["one changed byte", (content) => content.set(ROUTE, Buffer.from((content.get(ROUTE) ?? "").toString().replace("undefined", "undefinec"))), "PLUGIN_FILE_CHANGED"],
    ["a file more", (content) => content.set("src/jobs/more.ts", Buffer.from("")), "PLUGIN_FILE_CHANGED"],
    ["a file less", (content) => content.delete(ROUTE), "PLUGIN_FILE_CHANGED"],
    ["a bundled package that nobody signed", (content) => content.set("node_modules/left/index.js", Buffer.from("")), "PLUGIN_FILE_CHANGED"],
    ["another file under a signed hash", (content) => content.set(SEAL_FILE, Buffer.from((content.get(SEAL_FILE) ?? "").toString().replace(/"src\/plugin.ts": "../, '"src/plugin.ts": "00'))), "PLUGIN_SEAL_BROKEN"],
    ["a wider permission in its seal", (content) => content.set(SEAL_FILE, Buffer.from((content.get(SEAL_FILE) ?? "").toString().replace('"hosts": []', '"hosts": ["evil.example"]'))), "PLUGIN_SEAL_BROKEN"],
    ["no seal any more", (content) => content.delete(SEAL_FILE), "PLUGIN_UNSEALED"],
    ["a seal that is none", (content) => content.set(SEAL_FILE, Buffer.from('{"format":2}')), "PLUGIN_FILE_UNREADABLE"],
  ]
  it.each(changes)("is refused with %s", async (_what, change, code) => {
    const file = await shop.sealed("notes", "1.2.0")
    expect(await codeOf(() => verify(file))).toBe("none")
    expect(await codeOf(() => verify(shop.tampered(file, change)))).toBe(code)
  })

  it("is refused of a publisher nobody knows, once its key or its version is revoked, and without the operator", async () => {
    const file = await shop.sealed("notes", "1.2.0")
    expect(await codeOf(() => verify(file, { ...shop.trust, publishers: [shop.stranger.name] }))).toBe("PLUGIN_PUBLISHER_UNKNOWN")
    expect(await codeOf(() => verify(file, { publishers: [], operator: null, revoked: [] }))).toBe("PLUGIN_PUBLISHER_UNKNOWN")
    expect(await codeOf(() => verify(file, { ...shop.trust, revoked: [shop.publisher.name] }))).toBe("PLUGIN_REVOKED")
    expect(await codeOf(() => verify(file, { ...shop.trust, revoked: ["notes@1.2.0"] }))).toBe("PLUGIN_REVOKED")
    expect(await codeOf(() => verify(file, { ...shop.trust, revoked: ["notes@1.2.1"] }))).toBe("none")
    expect(await codeOf(() => verify(file, { ...shop.trust, operator: shop.stranger.name }))).toBe("PLUGIN_NOT_COUNTERSIGNED")
  })
})

describe("a tarball", () => {
  const body = Buffer.from("x")
  const bad: [string, () => Buffer][] = [
    ["a symbolic link", () => archive({ path: "package/a" , body }, { path: "package/link", type: "SymbolicLink", linkpath: "../../etc" } as never)],
    ["a hard link", () => archive({ path: "package/a", body }, { path: "package/link", type: "Link", linkpath: "package/a" } as never)],
    ["a device", () => archive({ path: "package/tty", type: "CharacterDevice" } as never)],
    ["a path upwards", () => archive({ path: "package/../../evil", body })],
    ["an absolute path", () => archive({ path: "/etc/evil", body })],
    ["a path of another system", () => archive({ path: "package/..\\..\\evil", body })],
    ["a file outside its folder", () => archive({ path: "evil", body })],
    ["a name that no record holds", () => archive({ path: "package/__proto__", body })],
    ["one file twice", () => archive({ path: "package/a.ts", body }, { path: "package/A.ts", body })],
    ["too many files", () => archive(...Array.from({ length: MOST_FILES + 1 }, (_, i) => ({ path: `package/${i}` })))],
    ["a bomb of zeros", () => gzipSync(Buffer.alloc(MOST_BYTES * 4))],
    ["a file that unpacks too large", () => archive({ path: "package/zeros", body: Buffer.alloc(MOST_BYTES + 1) })],
    ["two files that are too large together", () => archive({ path: "package/a", body: Buffer.alloc(MOST_BYTES) }, { path: "package/b", body })],
  ]
  it.each(bad)("with %s is refused before anything of it is written", async (_what, bytes) => {
    expect(await codeOf(() => unpack(bytes(), "evil.tgz"))).toBe("PLUGIN_PACKAGE_UNSAFE")
  })

  it.each([["no gzip", Buffer.from("PK")], ["nothing", gzipSync(Buffer.alloc(1024))], ["half of one", archive({ path: "package/a", body: Buffer.alloc(9_000) }).subarray(0, 60)]])("that is %s is refused", async (_what, bytes) => {
    expect(await codeOf(() => unpack(bytes, "broken.tgz"))).toBe("PLUGIN_FILE_UNREADABLE")
  })

  it("that is missing is refused", async () => {
    expect(await codeOf(() => readTarball(path.join(shop.root, "none.tgz")))).toBe("PLUGIN_FILE_UNREADABLE")
  })

  it("is read as it was written, with long names and with folders of their own", () => {
    const long = `src/${"a".repeat(90)}/${"b".repeat(90)}.ts`
    const file = path.join(shop.root, "long.tgz")
    writeTarball(new Map([[long, Buffer.from("1")], ["a.ts", Buffer.from("2")]]), file)
    expect([...readTarball(file)].map(([name, bytes]) => [name, bytes.toString()])).toEqual([["a.ts", "2"], [long, "1"]])
    const source = shop.plugin("notes", "1.0.0")
    rmSync(path.join(source, "node_modules"))
    create({ file, cwd: path.dirname(source), gzip: true, sync: true }, [path.basename(source)])
    expect([...readTarball(file).keys()].sort()).toEqual(["package.json", "src/api/store/notes/route.ts", "src/plugin.ts"])
  })
})
