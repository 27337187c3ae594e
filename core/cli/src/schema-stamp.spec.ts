import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { REPOSITORY } from "@fangshi/server/src/settings"
import { schemaSources, stampOf } from "./schema-stamp"

const folder = mkdtempSync(path.join(tmpdir(), "fangshi-stamp-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function put(file: string, text: string): string {
  const full = path.join(folder, file)
  mkdirSync(path.dirname(full), { recursive: true })
  writeFileSync(full, text)
  return full
}

describe("the stamp of the schema", () => {
  it("knows every migration of the platform's own modules, its tenancy in SQL, and the packages it is installed with", () => {
    const sources = schemaSources([]).map((file) => path.relative(REPOSITORY, file))
    const migrations = execFileSync("git", ["ls-files", "core/server/src/**/migrations/*.ts", "core/kernel/src/tenancy/sql/*.sql"], { cwd: REPOSITORY, encoding: "utf8" }).trim().split("\n")
    expect(migrations.length).toBeGreaterThan(15)
    expect(migrations.filter((file) => !sources.includes(file))).toEqual([])
    expect(sources).toEqual(expect.arrayContaining(["package-lock.json", "core/server/src/tenants/blueprint.ts"]))
  })

  it("knows a plugin's migrations, links and scripts, and nothing else of it; one that is not there is none", () => {
    put("package.json", JSON.stringify({ name: "notes", version: "1.0.0" }))
    const made = ["links/note-order.ts", "migration-scripts/first.ts", "modules/notes/migrations/Migration1.ts"].map((file) => put(`.medusa/server/src/${file}`, ""))
    for (const file of ["plugin.ts", "modules/notes/service.ts", "api/store/notes/route.ts"]) put(`.medusa/server/src/${file}`, "")
    expect(schemaSources([folder]).filter((file) => !schemaSources([]).includes(file))).toEqual(made)
    expect(schemaSources(["not-installed-at-all"])).toEqual(schemaSources([]))
  })

  it("changes with the words of a file, with a new file and with the plugins", () => {
    const [one, two] = [put("one.ts", "1"), put("two.ts", "2")]
    const before = stampOf([one], ["a"])
    expect(stampOf([one], ["a"])).toBe(before)
    writeFileSync(one, "3")
    expect(new Set([before, stampOf([one], ["a"]), stampOf([one, two], ["a"]), stampOf([one], ["b"])]).size).toBe(4)
  })
})
