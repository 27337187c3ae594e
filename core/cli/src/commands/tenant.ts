import { randomBytes } from "node:crypto"
import path from "node:path"
import { FangshiError, hostName, tenantId, tenantManifest } from "@fangshi/contracts"
import { type Host, REPOSITORY, applyTenant, knownScriptNames, planTenant, readCatalogue, readManifest, setTenantStatus, startHost, type PlanLine } from "@fangshi/server"
import { existsSync } from "node:fs"
import { migrateDatabase, openDatabase } from "../database"
import { demoPassword, tenantFolders } from "./start"

async function withHost(work: (host: Host) => Promise<void>): Promise<void> {
  const database = await openDatabase()
  try {
    process.env.FANGSHI_APP_DATABASE_URL = database.appUrl
    await migrateDatabase(database)
    const host = await startHost({ storefront: false, listen: false })
    try {
      await work(host)
    } finally {
      await host.shutdown()
    }
  } finally {
    await database.stop()
  }
  process.exit(process.exitCode ?? 0)
}

/** The owner's first password: given by FANGSHI_OWNER_PASSWORD, the demo's in demo mode, else random and shown once. */
function ownerPassword(id: string): { password: string; show: boolean } {
  const given = process.env.FANGSHI_OWNER_PASSWORD
  if (given) return { password: given, show: false }
  if (process.env.FANGSHI_MODE !== "production") return { password: demoPassword(id), show: true }
  return { password: randomBytes(12).toString("base64url"), show: true }
}

function assertTenantId(id: string) {
  const parsed = tenantId.safeParse(id)
  if (parsed.success) return
  throw new FangshiError(parsed.error.issues.some((issue) => issue.message === "TENANT_ID_RESERVED") ? "TENANT_ID_RESERVED" : "TENANT_ID_INVALID", { tenant: id.slice(0, 60) })
}

export const list = (options: { json?: boolean }): Promise<void> =>
  withHost(async (host) => {
    const tenants = await host.directory.list()
    if (options.json) return console.log(JSON.stringify(tenants.map((t) => ({ id: t.id, status: t.status, hosts: t.hosts, plugins: [...t.plugins] })), null, 2))
    for (const t of tenants) console.log(`${t.id.padEnd(20)} ${t.status.padEnd(13)} ${t.hosts.join(", ")}`)
  })

export const setStatus = (id: string, to: "active" | "suspended" | "archived"): Promise<void> =>
  withHost(async (host) => {
    await setTenantStatus(host.knex, id, to)
    console.log(`✓ ${id} ${to}`)
  })

export async function create(id: string, options: { host?: string[]; name?: string; email?: string }): Promise<void> {
  assertTenantId(id)
  const folder = path.join(REPOSITORY, "tenants", id)
  if (existsSync(path.join(folder, "tenant.yaml"))) return apply(id, {})
  const hosts = options.host ?? [`${id}.localhost`]
  for (const host of hosts) if (!hostName.safeParse(host).success) throw new FangshiError("HOST_INVALID", { host })
  const duplicate = hosts.find((host, i) => hosts.indexOf(host) !== i)
  if (duplicate) throw new FangshiError("HOST_DUPLICATE", { host: duplicate })
  const name = options.name ?? id
  const manifest = tenantManifest.safeParse({
    id,
    name: { "zh-CN": name, en: name },
    hosts,
    region: { name: "中国", countries: ["cn"] },
    tax: { rate_percent: 13, name: "增值税", code: "VAT" },
    warehouse: { name: "总仓", province: "-", city: "-", address: "-" },
    shipping_options: [{ code: "delivery", name: { "zh-CN": "送货上门", en: "Home delivery" }, price_amount: 0 }],
    brand: { slogan: { "zh-CN": name, en: name }, primary_colour: "#b3261e", accent_colour: "#f2a33a" },
    owner: { email: options.email ?? `owner@${id}.example` },
  })
  if (!manifest.success) throw new FangshiError("REQUEST_INVALID", { field: manifest.error.issues[0]?.path.join(".") ?? "" })
  await withHost(async (host) => {
    const { password, show } = ownerPassword(id)
    const { plan, publishable_key } = await applyTenant(host, manifest.data, null, { ownerPassword: password, scripts: await knownScriptNames(host.settings.plugins) })
    console.log(plan[0]?.action === "add" ? `✓ ${id} → ${hosts.join(", ")}` : `= ${id} 已存在 exists`)
    console.log(`  publishable key: ${publishable_key}`)
    if (show && plan[0]?.action === "add") console.log(`  ${manifest.data.owner.email} / ${password}`)
  })
}

const SIGN = { add: "+", change: "~", leave: "=" } as const

function printPlan(id: string, plan: PlanLine[]) {
  const counts = (action: PlanLine["action"]) => plan.filter((line) => line.action === action).length
  for (const line of plan) {
    if (line.action !== "leave") console.log(`${SIGN[line.action]} ${line.kind} ${line.id}${line.detail ? `  (${line.detail})` : ""}`)
  }
  console.log(`${id}: 新增 add ${counts("add")}, 变更 change ${counts("change")}, 不变 leave ${counts("leave")}`)
}

export async function apply(id: string | undefined, options: { dryRun?: boolean; dir?: string }): Promise<void> {
  const root = path.resolve(options.dir ?? path.join(REPOSITORY, "tenants"))
  if (id !== undefined) assertTenantId(id)
  const folders = id === undefined ? tenantFolders(root) : [path.join(root, id)]
  // Everything is read before anything is written: a fault in the last file must not leave the first half-applied.
  const read = folders.map((folder) => {
    const manifest = readManifest(folder)
    if (manifest.id !== path.basename(folder)) throw new FangshiError("MANIFEST_INVALID", { file: `${path.basename(folder)}/tenant.yaml`, line: 1, field: "id", problem: `must be ${path.basename(folder)}, the folder's name` })
    return { manifest, catalogue: readCatalogue(folder, manifest) }
  })
  const owners = new Map<string, string>()
  for (const { manifest } of read) {
    for (const host of manifest.hosts) {
      const other = owners.get(host)
      if (other) throw new FangshiError("HOST_TAKEN", { host, tenant: other })
      owners.set(host, manifest.id)
    }
  }
  await withHost(async (host) => {
    const scripts = await knownScriptNames(host.settings.plugins)
    for (const { manifest, catalogue } of read) {
      printPlan(manifest.id, await planTenant(host.container, host.directory, manifest, catalogue))
      if (options.dryRun) continue
      await applyTenant(host, manifest, catalogue, { ownerPassword: ownerPassword(manifest.id).password, scripts })
    }
  })
}
