import { randomBytes } from "node:crypto"
import { existsSync } from "node:fs"
import path from "node:path"
import { type ErrorCode, FangshiError, type SeedCatalogue, type TenantManifest, hostName, tenantId, tenantManifest } from "@fangshi/contracts"
import type * as Server from "@fangshi/server"
import { REPOSITORY, assertEnvironment } from "@fangshi/server/src/settings"
import { FileError } from "@fangshi/server/src/tenants/file-error"
import { manifestPlace, readCatalogue, readManifest } from "@fangshi/server/src/tenants/manifest-file"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { demoPassword, tenantFolders } from "./start"

type Platform = typeof Server
type Host = Server.Host
type PlanLine = Server.PlanLine

/** An open database of the right schema, for `work` with onHost and onPool. The process ends with it. */
export async function withDatabase(work: () => Promise<void>): Promise<void> {
  assertEnvironment()
  const { migrateDatabase, openDatabase } = await import("../database")
  const database = await openDatabase()
  try {
    process.env.FANGSHI_APP_DATABASE_URL = database.appUrl
    await migrateDatabase(database)
    await work()
  } finally {
    await database.stop()
  }
  process.exit(process.exitCode ?? 0)
}

/** For what asks Medusa. It is loaded only now: a fault in a file, in the environment or in the database is told at once, without waiting for all of it. */
export async function onHost(work: (host: Host, platform: Platform) => Promise<void>): Promise<void> {
  const platform = await import("@fangshi/server")
  const host = await platform.startHost({ storefront: false, listen: false })
  try {
    await work(host, platform)
  } finally {
    await host.shutdown()
  }
}

/** For what concerns the platform's own lists, or only looks: there in a second, where Medusa takes ten. */
export async function onPool<T>(work: (knex: Knex) => Promise<T>): Promise<T> {
  const [{ knex: connect }, { bindPoolToTenants }, { assertIsolated }, { runAsPlatform }] = await Promise.all([import("@medusajs/framework/mikro-orm/knex"), import("@fangshi/kernel/src/tenancy/pool"), import("@fangshi/kernel/src/tenancy/boot-gate"), import("@fangshi/kernel/src/tenancy/context")])
  const knex = connect({ client: "pg", connection: process.env.FANGSHI_APP_DATABASE_URL ?? "", pool: { min: 0, max: 2 } })
  bindPoolToTenants(knex)
  try {
    await runAsPlatform(() => assertIsolated(knex))
    return await work(knex)
  } finally {
    await knex.destroy()
  }
}

const directoryOf = async (knex: Knex) => new (await import("@fangshi/server/src/tenants/directory")).TenantDirectory(knex)

/** Null where there is no such shop. */
export const findShop = async (knex: Knex, id: string) => (await directoryOf(knex)).findById(id)

/** onPool, for a command that needs no more. */
export const withList = (work: (knex: Knex) => Promise<void>) => withDatabase(() => onPool(work))

/** The owner's first password: given by FANGSHI_OWNER_PASSWORD, the demo's in demo mode, else random and shown once. */
function ownerPassword(id: string): { password: string; show: boolean } {
  const given = process.env.FANGSHI_OWNER_PASSWORD
  if (given) return { password: given, show: false }
  if (process.env.FANGSHI_MODE !== "production") return { password: demoPassword(id), show: true }
  return { password: randomBytes(12).toString("base64url"), show: true }
}

/** Throws TENANT_ID_INVALID, TENANT_ID_RESERVED. */
export function assertTenantId(id: string) {
  const parsed = tenantId.safeParse(id)
  if (parsed.success) return
  throw new FangshiError(parsed.error.issues.some((issue) => issue.message === "TENANT_ID_RESERVED") ? "TENANT_ID_RESERVED" : "TENANT_ID_INVALID", { tenant: id.slice(0, 60) })
}

export const list = (options: { json?: boolean }): Promise<void> =>
  withList(async (knex) => {
    const tenants = await (await directoryOf(knex)).list()
    if (options.json) return console.log(JSON.stringify(tenants.map((t) => ({ id: t.id, status: t.status, hosts: t.hosts, plugins: [...t.plugins] })), null, 2))
    for (const t of tenants) console.log(`${t.id.padEnd(20)} ${t.status.padEnd(13)} ${t.hosts.join(", ")}`)
  })

export const setStatus = (id: string, to: "active" | "suspended" | "archived"): Promise<void> =>
  withList(async (knex) => {
    const { setTenantStatus } = await import("@fangshi/server/src/tenants/lifecycle")
    await setTenantStatus(knex, id, to)
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
  await withDatabase(async () => {
    const existing = await onPool((knex) => findShop(knex, id))
    // Never over a shop that trades: these are the defaults of an empty one.
    if (existing && existing.status !== "provisioning") return console.log(`= ${id} 已存在 exists → ${existing.hosts.join(", ")}`)
    await onHost((host, platform) => open(host, platform, { manifest: manifest.data, catalogue: null }))
  })
}

type Shop = { manifest: TenantManifest; catalogue: SeedCatalogue | null }

async function open(host: Host, { applyTenant, knownScriptNames }: Platform, { manifest, catalogue }: Shop) {
  const { password, show } = ownerPassword(manifest.id)
  const { plan, publishable_key } = await applyTenant(host, manifest, catalogue, { ownerPassword: password, scripts: await knownScriptNames(host.settings.plugins) })
  if (plan[0]?.action !== "add") return
  console.log(`✓ ${manifest.id} → ${manifest.hosts.join(", ")}\n  publishable key: ${publishable_key}`)
  if (show) console.log(`  ${manifest.owner.email} / ${password}`)
}

const SIGN = { add: "+", change: "~", leave: "=" } as const

function printPlan(id: string, plan: PlanLine[]) {
  const counts = (action: PlanLine["action"]) => plan.filter((line) => line.action === action).length
  for (const line of plan) {
    if (line.action !== "leave") console.log(`${SIGN[line.action]} ${line.kind} ${line.id}${line.detail ? `  (${line.detail})` : ""}`)
  }
  console.log(`${id}：新增 add ${counts("add")}，变更 change ${counts("change")}，不变 leave ${counts("leave")}`)
}

/** Reads every folder before anything is written: a fault in the last file must not leave the first half-applied. */
function readShops(folders: string[]): (Shop & { folder: string })[] {
  const shops = folders.map((folder) => {
    const manifest = readManifest(folder)
    return { folder, manifest, catalogue: readCatalogue(folder, manifest) }
  })
  const owners = new Map<string, string>()
  for (const { folder, manifest } of shops) {
    for (const [i, host] of manifest.hosts.entries()) {
      const other = owners.get(host)
      if (other) throw new FileError("HOST_TAKEN", manifestPlace(folder, ["hosts", i]), { host, tenant: other })
      owners.set(host, manifest.id)
    }
  }
  return shops
}

/** The same error with the line of tenant.yaml that it is about, where it is about one. */
function withPlace(error: unknown, { folder, manifest }: Shop & { folder: string }): unknown {
  if (!(error instanceof FangshiError)) return error
  const { host, field } = error.params
  const at = error.code === "HOST_TAKEN" ? ["hosts", manifest.hosts.indexOf(String(host))] : error.code === "MANIFEST_INVALID" ? String(field).split(".") : null
  return at ? new FileError(error.code as ErrorCode, manifestPlace(folder, at), error.params) : error
}

export async function apply(id: string | undefined, options: { dryRun?: boolean; dir?: string }): Promise<void> {
  assertEnvironment()
  const root = path.resolve(options.dir ?? path.join(REPOSITORY, "tenants"))
  if (id !== undefined) assertTenantId(id)
  const folders = id !== undefined ? [path.join(root, id)] : existsSync(root) ? tenantFolders(root) : []
  if (!folders.length) throw new FileError("MANIFEST_UNREADABLE", { file: path.join(options.dir ?? "tenants", "*", "tenant.yaml") }, {}, { "zh-CN": "没有这个文件", en: "not found" })
  const shops = readShops(folders)
  await withDatabase(async () => {
    const plans = await onPool((knex) => planAll(knex, shops))
    const print = (i: number) => printPlan(shops[i]?.manifest.id ?? "", plans[i] ?? [])
    // Nothing to write: nothing to wait for.
    if (options.dryRun || plans.flat().every(({ action }) => action === "leave")) return shops.forEach((_shop, i) => print(i))
    await onHost(async (host, platform) => {
      for (const [i, shop] of shops.entries()) {
        print(i)
        await open(host, platform, shop)
      }
    })
  })
}

/** All plans before the first write: a host that another shop holds is found now or never. */
async function planAll(knex: Knex, shops: ReturnType<typeof readShops>): Promise<PlanLine[][]> {
  const [{ planTenant }, directory] = await Promise.all([import("@fangshi/server/src/tenants/plan"), directoryOf(knex)])
  const plans: PlanLine[][] = []
  for (const shop of shops) plans.push(await planTenant(knex, directory, shop.manifest, shop.catalogue).catch((error: unknown) => Promise.reject(withPlace(error, shop))))
  return plans
}
