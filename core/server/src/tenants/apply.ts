import { FangshiError, type SeedCatalogue, type TenantManifest } from "@fangshi/contracts"
import { type UnitOfWork, inUnitOfWork, runAsPlatform, runInTenant } from "@fangshi/kernel"
import type { Host } from "../host"
import { switchPlugins } from "../plugin-host/activation"
import { seedPlugins } from "../plugin-host/seed-plugins"
import { type Step, applyCatalogue } from "./catalogue"
import { digest } from "./digest"
import { type PlanLine, planTenant } from "./plan"
import { hostTaken, provisionTenant } from "./provision"
import { applySettings } from "./settings"

export type Applied = { plan: PlanLine[]; publishable_key: string }
export type ApplyOptions = {
  ownerPassword: string
  scripts?: string[]
  /** For a demo shop: its plugins bring something to look at. */
  seedPlugins?: boolean
  /** Told after every finished step; for showing progress. */
  progress?: (done: number, of: number, what: string) => void
}

/** Brings a tenant to what its folder says, in steps that each happen whole or not at all. Idempotent: killed halfway it is simply run again, and a second run leaves everything. */
export async function applyTenant(host: Host, manifest: TenantManifest, catalogue: SeedCatalogue | null, options: ApplyOptions): Promise<Applied> {
  const plan = await planTenant(host.knex, host.directory, manifest, catalogue)
  const before = await host.directory.findById(manifest.id)
  if (before?.status === "archived") throw new FangshiError("TENANT_ARCHIVED", { tenant: manifest.id })
  const { publishable_key, created } = await provisionTenant(host.knex, manifest, { password: options.ownerPassword }, options.scripts ?? [])
  host.directory.forget()
  const applied = await lastApplied(host, manifest.id)
  const step: Step = (work) => runInTenant(manifest.id, () => inUnitOfWork(host.knex, oneAtATime, work))
  if (created || applied !== settingsDigest(manifest)) {
    await step(() => applySettings(host.container, manifest))
    await switchPlugins(host.plugins, manifest.id, manifest.plugins)
    await saveManifest(host, manifest)
  }
  if (catalogue) await runInTenant(manifest.id, () => applyCatalogue(host.container, manifest, catalogue, { step, progress: options.progress }))
  if (options.seedPlugins) await seedPlugins(host.plugins, manifest.id)
  host.directory.forget()
  return { plan, publishable_key }
}

/** Of two runs for one shop the second waits here, and then finds what the first has made. */
const oneAtATime = async (unit: UnitOfWork) => void (await unit.query("select pg_advisory_xact_lock(hashtextextended('apply:' || current_setting('app.tenant_id'), 0))"))

const settingsDigest = (manifest: TenantManifest) => digest(manifest)

async function lastApplied(host: Host, id: string): Promise<string | null> {
  const { rows } = await runAsPlatform(() => host.knex.raw<{ rows: { applied_digest: string | null }[] }>("select applied_digest from tenancy.tenant where id = ?", [id]))
  return rows[0]?.applied_digest ?? null
}

async function saveManifest(host: Host, manifest: TenantManifest) {
  try {
    await runAsPlatform(() =>
      host.knex.transaction(async (trx) => {
        // First, because it locks the row: two runs at once would both add a new host.
        await trx.raw("update tenancy.tenant set manifest = ?::jsonb, applied_digest = ?, revision = revision + 1, updated_at = now() where id = ?", [JSON.stringify(manifest), settingsDigest(manifest), manifest.id])
        await trx.raw("delete from tenancy.tenant_host where tenant_id = ? and not (host = any(?::text[]))", [manifest.id, manifest.hosts])
        await trx.raw(
          "insert into tenancy.tenant_host (host, tenant_id, position) select h, ?, n from unnest(?::text[]) with ordinality u(h, n) where not exists (select 1 from tenancy.tenant_host x where x.host = h and x.tenant_id = ?)",
          [manifest.id, manifest.hosts, manifest.id],
        )
        await trx.raw("update tenancy.tenant_host t set position = n from unnest(?::text[]) with ordinality u(h, n) where t.host = h and t.tenant_id = ?", [manifest.hosts, manifest.id])
      }),
    )
  } catch (error) {
    throw await hostTaken(host.knex, manifest, error)
  }
}
