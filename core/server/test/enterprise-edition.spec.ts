import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { type EnterpriseFiles, type TestDatabase, cloneDatabase, control, startBroken } from "@fangshi/testing"
import { FeatureFlag } from "@medusajs/framework/utils"
import { assertNoEnterpriseEdition, enterpriseFiles } from "../src/medusa/enterprise-edition"

let folder: string

/** A file of ours that lies where a proprietary one would: the real ones are never loaded, not even here. */
function standIn(name: string): string {
  const file = path.join(folder, "node_modules", "@medusajs", name, "dist", "index.js")
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, "module.exports = {}\n")
  return file
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "fangshi-test-"))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Container = Parameters<typeof assertNoEnterpriseEdition>[0]
const containerWith = (...modules: string[]) => ({ hasRegistration: (name: string) => modules.includes(name) }) as unknown as Container

describe("the running host", () => {
  it("has loaded no file of @medusajs/rbac or @medusajs/auth-oidc, while their free neighbour is found", async () => {
    const found = await control<EnterpriseFiles>({ op: "enterprise-files" })
    expect(found.proprietary).toEqual([])
    expect(found.neighbours).toBeGreaterThan(0)
  })
})

describe("the start", () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await cloneDatabase()
  })
  afterAll(() => database?.drop())

  it("is refused, naming the file, when a proprietary file has been loaded", async () => {
    const file = standIn("rbac")
    const { started, message } = await startBroken(database, ["with-file", file])
    expect({ started, message }).toEqual({ started: false, message: `Medusa's Enterprise Edition must stay off: loaded ${file}` })
  }, 120_000)
})

describe("the gate", () => {
  afterEach(() => {
    FeatureFlag.setFlag("rbac", false)
    jest.resetModules()
  })

  it("opens when nothing proprietary is on", () => {
    expect(enterpriseFiles()).toEqual([])
    expect(() => assertNoEnterpriseEdition(containerWith("product", "auth"))).not.toThrow()
  })

  it.each(["rbac", "auth-oidc"])("closes when a file of @medusajs/%s is loaded", async (name) => {
    const file = standIn(name)
    await import(file)
    expect(enterpriseFiles()).toEqual([file])
    expect(() => assertNoEnterpriseEdition(containerWith())).toThrow(`loaded ${file}`)
  })

  it("closes when the module rbac is registered", () => {
    expect(() => assertNoEnterpriseEdition(containerWith("rbac"))).toThrow("the module rbac is registered")
  })

  it("closes when the feature flag rbac is on", () => {
    FeatureFlag.setFlag("rbac", true)
    expect(() => assertNoEnterpriseEdition(containerWith())).toThrow("the feature flag rbac is on")
  })
})
