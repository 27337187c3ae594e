import { createHmac } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs"
import path from "node:path"
import { type DemoFile, FangshiError } from "@fangshi/contracts"
import type { Host } from "@fangshi/server"
import { REPOSITORY, assertEnvironment, dataDirectory, localSecret } from "@fangshi/server/src/settings"
import { readCatalogue, readDemoManifest } from "@fangshi/server/src/tenants/manifest-file"
import { printError, step } from "../steps"

/** One password a demo shop, random for this machine and the same at every start. Never used in production mode. */
export const demoPassword = (tenant: string): string => "demo-" + createHmac("sha256", localSecret(dataDirectory(), "demo")).update(tenant).digest("hex").slice(0, 12)

/** Folders of tenants that can be applied. */
export const tenantFolders = (root = path.join(REPOSITORY, "tenants")): string[] =>
  readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(path.join(root, entry.name, "tenant.yaml")))
    .map((entry) => path.join(root, entry.name))
    .sort()

/** Starts Postgres, brings it up to date, opens the demo shops and serves until SIGINT or SIGTERM. */
export async function start(): Promise<void> {
  assertEnvironment()
  const production = process.env.FANGSHI_MODE === "production"
  let stop: () => Promise<void> = async () => undefined
  let stopping = null as Promise<void> | null
  const onSignal = () => {
    stopping ??= stop().then(() => process.exit(0), (error: unknown) => {
      printError(error)
      process.exit(1)
    })
  }
  process.on("SIGINT", onSignal)
  process.on("SIGTERM", onSignal)

  // Only now: a refused environment should not wait for all of Medusa.
  const { migrateDatabase, openDatabase, startHost } = await step("程序 Program", async () => ({ ...(await import("../database")), ...(await import("@fangshi/server")) }))
  const opening = step("数据库 Postgres", openDatabase)
  // A signal may come while Postgres is being started: it is waited for, or it would run on without us.
  stop = () => opening.then((database) => database.stop(), () => undefined)
  try {
    const database = await opening
    if (stopping) return await stopping
    process.env.FANGSHI_APP_DATABASE_URL = database.appUrl
    await step("数据库结构 Migrations", () => migrateDatabase(database))
    const host = await step("平台 Platform", () => startHost())
    stop = async () => {
      await host.shutdown()
      await database.stop()
    }
    if (production) {
      console.log(`\n坊市已启动 Fangshi is running: ${host.url}`)
      return
    }
    const demo = await step("演示店铺 Demo shops", () => openDemoShops(host))
    announce(demo)
  } catch (error) {
    // What fails because all is being stopped is no failure.
    if (stopping) return stopping
    await stop()
    throw error
  }
}

async function openDemoShops(host: Host): Promise<DemoFile> {
  const { applyTenant, knownScriptNames } = await import("@fangshi/server")
  const scripts = await knownScriptNames(host.settings.plugins)
  const tenants: DemoFile["tenants"] = []
  const read = tenantFolders().map((folder) => {
    const manifest = readDemoManifest(folder)
    return { manifest, catalogue: readCatalogue(folder, manifest) }
  })
  for (const { manifest, catalogue } of read) {
    // Archived for good by its owner; the other shops open all the same.
    if ((await host.directory.findById(manifest.id))?.status === "archived") continue
    const admin_password = demoPassword(manifest.id)
    const { publishable_key } = await applyTenant(host, manifest, catalogue, {
      ownerPassword: admin_password,
      scripts,
      seedPlugins: true,
      progress: (done, of, what) => process.stdout.isTTY && process.stdout.write(`\r  ${what} ${done}/${of}   `),
    })
    tenants.push({ id: manifest.id, host: manifest.hosts[0] ?? "", publishable_key, admin_email: manifest.owner.email, admin_password })
  }
  if (process.stdout.isTTY) process.stdout.write("\r")
  const demo: DemoFile = { base_url: host.url, console_url: `${host.url}/admin`, tenants }
  const file = path.join(dataDirectory(), "demo.json")
  mkdirSync(path.dirname(file), { recursive: true })
  // Renamed into place: a script that waits for the file never reads half of it.
  writeFileSync(`${file}.part`, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.part`, file)
  return demo
}

function announce(demo: DemoFile) {
  const port = new URL(demo.base_url).port
  if (!demo.tenants.length) throw new FangshiError("MANIFEST_UNREADABLE", { file: "tenants/", problem: "no tenant.yaml" })
  console.log("\n坊市已启动 Fangshi is running. 停止 stop: Ctrl+C\n")
  for (const tenant of demo.tenants) {
    console.log(`  ${tenant.id.padEnd(12)} http://${tenant.host}:${port}/`)
    console.log(`  ${"".padEnd(12)} ${tenant.admin_email} / ${tenant.admin_password}`)
  }
  console.log("\n  地址、密钥与登录 addresses, keys and logins: .data/demo.json")
}
