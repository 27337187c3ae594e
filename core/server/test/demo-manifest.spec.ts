import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { REPOSITORY, readDemoManifest, readManifest } from "../src"

let root: string
let folder: string
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), "fangshi-demo-"))
  folder = path.join(root, "village")
  mkdirSync(folder)
  writeFileSync(path.join(folder, "tenant.yaml"), `${readFileSync(path.join(REPOSITORY, "tenants/village/tenant.yaml"), "utf8").replace(/^plugins:.*\n/m, "")}\nplugins: [left-out]\n`)
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

it("a shop that comes with the platform opens without a trade that this deployment leaves out", () => {
  expect(readDemoManifest(folder)).toMatchObject({ id: "village", plugins: [] })
})

it("whoever applies a tenant's file is told of a trade that is not there, instead of getting a shop without it", () => {
  expect(() => readManifest(folder)).toThrow(expect.objectContaining({ code: "PLUGIN_UNKNOWN" }) as Error)
})
