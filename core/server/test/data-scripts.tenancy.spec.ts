import { execFile } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { promisify } from "node:util"
import { bindPoolToTenants, currentTenant } from "@fangshi/kernel"
import { OWN_SOURCES } from "@fangshi/kernel/src/own-sources"
import { type TestDatabase, asOwner, cloneDatabase, manifestOf } from "@fangshi/testing"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { registerPool } from "../src/medusa/load"
import { REPOSITORY } from "../src/settings"
import { knownScriptNames, runPendingScripts } from "../src/tenants/data-scripts"
import { setTenantStatus } from "../src/tenants/lifecycle"
import { provisionTenant } from "../src/tenants/provision"

let database: TestDatabase
let knex: Knex
let plugin: string
const folders: string[] = []

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "fangshi-scripts-"))
  folders.push(folder)
  return folder
}

/** A plugin with these data scripts; each tells the container that it ran. */
function pluginWith(scripts: string[]): string {
  const folder = temporaryFolder()
  const home = path.join(folder, ".medusa/server/src/migration-scripts")
  mkdirSync(home, { recursive: true })
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "plugin-scripts", version: "1.0.0" }))
  writeFileSync(path.join(home, "index.js"), "throw new Error('not a script')")
  for (const name of scripts) writeFileSync(path.join(home, `${name}.js`), `exports.default = async ({ container }) => container.run(${JSON.stringify(name)})`)
  return folder
}

beforeEach(async () => {
  database = await cloneDatabase()
  knex = registerPool(database.appUrl, 4)
  bindPoolToTenants(knex)
  plugin = pluginWith(["20260101-first", "20260201-second"])
  const before = await knownScriptNames([])
  for (const id of ["scripts-a", "scripts-b"]) await provisionTenant(knex, manifestOf(id), { password: "a-long-password" }, before)
})
afterEach(async () => {
  await knex.destroy()
  await database.drop()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const done = async (tenant: string) => (await asOwner<{ script: string }>(database.ownerUrl, "select script from tenancy.tenant_script where tenant_id = $1 and script like 'plugin-scripts/%' order by 1", [tenant])).map((row) => row.script)

/** Runs what is pending; `failing` names the tenants whose second script throws. */
async function run(failing: string[] = []) {
  const ran: string[] = []
  const container = {
    run: async (script: string) => {
      const tenant = currentTenant()
      ran.push(`${tenant} ${script}`)
      await new Promise((resolve) => setImmediate(resolve))
      if (script.endsWith("second") && failing.includes(tenant)) throw new Error(`${tenant} failed`)
    },
  }
  const outcome = await runPendingScripts({ knex, container, settings: { plugins: [plugin] } } as never).catch((error: unknown) => error)
  return { ran, outcome }
}

describe("data scripts", () => {
  it("run once in each tenant's own context, in the order of their names", async () => {
    expect(await run()).toEqual({
      ran: ["scripts-a 20260101-first", "scripts-a 20260201-second", "scripts-b 20260101-first", "scripts-b 20260201-second"],
      outcome: 4,
    })
    expect(await run()).toEqual({ ran: [], outcome: 0 })
    for (const tenant of ["scripts-a", "scripts-b"]) expect(await done(tenant)).toEqual(["plugin-scripts/20260101-first", "plugin-scripts/20260201-second"])
  })

  it("go on for the other tenants where one fails, and run again for that one only, from the script that failed", async () => {
    const { ran, outcome } = await run(["scripts-a"])
    expect(ran).toContain("scripts-b 20260201-second")
    expect(outcome).toBeInstanceOf(AggregateError)
    expect((outcome as AggregateError).errors.map(String)).toEqual(["Error: scripts-a failed"])
    expect(await done("scripts-a")).toEqual(["plugin-scripts/20260101-first"])
    expect(await run()).toEqual({ ran: ["scripts-a 20260201-second"], outcome: 1 })
  })

  it("run for a suspended tenant, which will open again, and not for an archived one, which will not", async () => {
    await setTenantStatus(knex, "scripts-a", "suspended")
    await setTenantStatus(knex, "scripts-b", "archived")
    expect((await run()).ran).toEqual(["scripts-a 20260101-first", "scripts-a 20260201-second"])
  })

  it("never run as the platform, whose context sees the rows of all shops", async () => {
    expect((await run()).ran.filter((line) => line.startsWith("__"))).toEqual([])
  })

  it("count as done for a tenant made today, and a later one runs for it", async () => {
    const known = await knownScriptNames([plugin])
    expect(known.filter((name) => name.startsWith("plugin-scripts/"))).toEqual(["plugin-scripts/20260101-first", "plugin-scripts/20260201-second"])
    await provisionTenant(knex, manifestOf("scripts-new"), { password: "a-long-password" }, known)
    plugin = pluginWith(["20260101-first", "20260201-second", "20260301-third"])
    expect((await run()).ran.filter((line) => line.startsWith("scripts-new"))).toEqual(["scripts-new 20260301-third"])
  })

  it("of Medusa itself run through in every tenant that has had none of them, once", async () => {
    await asOwner(database.ownerUrl, "delete from tenancy.tenant_script")
    const program = `
      const { runPendingScripts, startHost } = require("@fangshi/server")
      startHost({ storefront: false, listen: false }).then(async (host) => {
        const ran = [await runPendingScripts(host), await runPendingScripts(host)]
        await host.shutdown()
        process.stdout.write("\\nran " + JSON.stringify(ran), () => process.exit(0))
      })`
    const { stdout } = await promisify(execFile)(process.execPath, [...OWN_SOURCES, "--input-type=commonjs", "-e", program], {
      cwd: REPOSITORY,
      timeout: 110_000,
      env: { ...process.env, NODE_OPTIONS: "", NODE_ENV: "production", FANGSHI_MODE: "test", FANGSHI_LOG_LEVEL: "error", FANGSHI_MASTER_SECRET: "test-master-secret-0123456789abcdef", FANGSHI_APP_DATABASE_URL: database.appUrl, FANGSHI_DATA: temporaryFolder() },
    })
    const scripts = (await knownScriptNames([])).filter((name) => !name.includes("create-super-admin-role"))
    expect(scripts.length).toBeGreaterThan(3)
    expect(stdout).toContain(`ran ${JSON.stringify([2 * scripts.length, 0])}`)
  }, 120_000)
})
