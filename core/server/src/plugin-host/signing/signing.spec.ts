import { type KeyObject, generateKeyPairSync } from "node:crypto"
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import fc from "fast-check"
import { canonicalJson } from "./canonical-json"
import { packageFiles } from "./package-files"
import { type Seal, assertFiles, assertSigned, countersignedBy, keyName, sealedBy } from "./seal"

const pair = (): { own: KeyObject; name: string } => {
  const { privateKey } = generateKeyPairSync("ed25519")
  return { own: privateKey, name: keyName(privateKey) }
}
const [publisher, operator, stranger] = [pair(), pair(), pair()]
const trust = { publishers: [publisher.name], operator: operator.name, revoked: [] as string[] }
const body = { format: 1 as const, plugin: { id: "notes", version: "1.2.0", permissions: { hosts: ["api.example.com"] } }, files: { "src/plugin.ts": "00", "package.json": "11" } }
const whole = countersignedBy(sealedBy(body, publisher.own), operator.own)
const codeOf = (work: () => unknown) => {
  try {
    work()
    return "none"
  } catch (error) {
    return (error as { code?: string }).code
  }
}

describe("canonical JSON", () => {
  it("writes the example of RFC 8785, chapter 3.2.3 and 3.2.4, byte by byte", () => {
    const value = { numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001], string: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", literals: [null, true, false] }
    expect(canonicalJson(value)).toBe('{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}')
    expect(canonicalJson({ "\u20ac": 1, "\r": 2, "\ufb33": 3, 1: 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7 })).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}')
  })

  it("says the same of every order of keys, and what JSON reads back", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      expect(canonicalJson(JSON.parse(text))).toBe(text)
    }))
  })

  it.each([[NaN], [Infinity], [() => 1], [new Date(0)], [new Map()], ["\ud800"], [{ a: 1n }]])("refuses %p, which is none", (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError)
  })
})

describe("a seal", () => {
  it("of a known publisher, countersigned by the operator, is believed", () => {
    expect(codeOf(() => assertSigned(whole, trust))).toBe("none")
    expect(codeOf(() => assertSigned(sealedBy(body, publisher.own), { ...trust, operator: null }))).toBe("none")
  })

  const changed: [string, Seal, string][] = [
    ["whose version was raised", { ...whole, plugin: { ...whole.plugin, version: "1.2.1" } }, "PLUGIN_SEAL_BROKEN"],
    ["that asks for one host more", { ...whole, plugin: { ...whole.plugin, permissions: { hosts: ["api.example.com", "evil.example"] } } }, "PLUGIN_SEAL_BROKEN"],
    ["with another file's hash", { ...whole, files: { ...whole.files, "src/plugin.ts": "01" } }, "PLUGIN_SEAL_BROKEN"],
    ["of a stranger", countersignedBy(sealedBy(body, stranger.own), operator.own), "PLUGIN_PUBLISHER_UNKNOWN"],
    ["of a stranger under the publisher's name", { ...whole, publisher: { ...sealedBy(body, stranger.own).publisher, key: publisher.name } }, "PLUGIN_SEAL_BROKEN"],
    ["without the operator's signature", sealedBy(body, publisher.own), "PLUGIN_NOT_COUNTERSIGNED"],
    ["countersigned by a stranger", countersignedBy(whole, stranger.own), "PLUGIN_NOT_COUNTERSIGNED"],
    ["with the operator's signature of another version", { ...whole, operator: countersignedBy(sealedBy({ ...body, files: {} }, publisher.own), operator.own).operator ?? whole.publisher }, "PLUGIN_NOT_COUNTERSIGNED"],
    ["signed with no key at all", { ...whole, publisher: { key: "AAAA", signature: "AAAA" } }, "PLUGIN_PUBLISHER_UNKNOWN"],
  ]
  it.each(changed)("%s is refused", (_what, seal, code) => {
    expect(codeOf(() => assertSigned(seal, trust))).toBe(code)
  })

  it.each([["the publisher's key", publisher.name], ["the operator's key", operator.name], ["this version", "notes@1.2.0"]])("is refused once %s is revoked", (_what, revoked) => {
    expect(codeOf(() => assertSigned(whole, { ...trust, revoked: [revoked] }))).toBe("PLUGIN_REVOKED")
    expect(codeOf(() => assertSigned(whole, { ...trust, revoked: ["notes@1.1.0", stranger.name] }))).toBe("none")
  })
})

describe("the files of a package", () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "fangshi-sealed-"))
    mkdirSync(path.join(folder, "src"))
    mkdirSync(path.join(folder, "node_modules"))
    writeFileSync(path.join(folder, "package.json"), "{}")
    writeFileSync(path.join(folder, "src/plugin.ts"), "export const plugin = 1\n")
    writeFileSync(path.join(folder, "node_modules/other.js"), "")
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const sealed = () => sealedBy({ ...body, files: packageFiles(folder) }, publisher.own)

  it("are all named but the seal itself and the platform's own link to them", () => {
    writeFileSync(path.join(folder, "fangshi.seal.json"), "{}")
    mkdirSync(path.join(folder, ".medusa/server"), { recursive: true })
    symlinkSync(path.join("..", "..", "src"), path.join(folder, ".medusa/server/src"))
    expect(Object.keys(packageFiles(folder))).toEqual(["node_modules/other.js", "package.json", "src/plugin.ts"])
  })

  it("may not be hidden behind a name that no record holds, nor behind the platform's link led elsewhere", () => {
    writeFileSync(path.join(folder, "__proto__"), "")
    expect(codeOf(() => packageFiles(folder))).toBe("PLUGIN_FILE_CHANGED")
    rmSync(path.join(folder, "__proto__"))
    mkdirSync(path.join(folder, ".medusa/server"), { recursive: true })
    symlinkSync(tmpdir(), path.join(folder, ".medusa/server/src"))
    expect(codeOf(() => packageFiles(folder))).toBe("PLUGIN_FILE_CHANGED")
  })

  it("are as they were sealed, or the first that is not is named", () => {
    const seal = sealed()
    expect(codeOf(() => assertFiles(seal, packageFiles(folder)))).toBe("none")
    writeFileSync(path.join(folder, "src/plugin.ts"), "export const plugin = 2\n")
    expect(() => assertFiles(seal, packageFiles(folder))).toThrow(expect.objectContaining({ code: "PLUGIN_FILE_CHANGED", params: { plugin: "notes", file: "src/plugin.ts" } }))
  })

  it("may neither be fewer nor more, nor be links", () => {
    const seal = sealed()
    writeFileSync(path.join(folder, "src/more.ts"), "")
    expect(codeOf(() => assertFiles(seal, packageFiles(folder)))).toBe("PLUGIN_FILE_CHANGED")
    rmSync(path.join(folder, "src/more.ts"))
    rmSync(path.join(folder, "package.json"))
    expect(codeOf(() => assertFiles(seal, packageFiles(folder)))).toBe("PLUGIN_FILE_CHANGED")
    symlinkSync("src/plugin.ts", path.join(folder, "package.json"))
    expect(codeOf(() => packageFiles(folder))).toBe("PLUGIN_FILE_CHANGED")
  })
})
