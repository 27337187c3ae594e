import { type TenantManifest, type TenantStatus, PLATFORM_TENANT } from "@fangshi/contracts"
import { runAsPlatform } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** A tenant as the front door needs it. */
export type Tenant = {
  id: string
  status: TenantStatus
  manifest: TenantManifest
  publishable_key: string
  hosts: string[]
  plugins: ReadonlySet<string>
}

type Row = Omit<Tenant, "plugins"> & { plugins: string[] }

const COLUMNS = `t.id, t.status, t.manifest, t.publishable_key,
  coalesce((select array_agg(h.host order by h.position) from tenancy.tenant_host h where h.tenant_id = t.id), '{}') as hosts,
  coalesce((select array_agg(p.plugin) from tenancy.tenant_plugin p where p.tenant_id = t.id), '{}') as plugins`

/** How long another process's change may stay unseen. This process forgets at once. */
const FRESH_MS = 5_000
const MOST_UNKNOWN_HOSTS = 10_000

type Known = { tenant: Tenant | null; until: number }

/** Knows which host belongs to which tenant and in what state it is; asks Postgres once per host every few seconds. */
export class TenantDirectory {
  private readonly byHost = new Map<string, Known>()
  private readonly byId = new Map<string, Known>()
  private active: { ids: string[]; until: number } | null = null

  constructor(
    private readonly knex: Knex,
    private readonly now: () => number = Date.now,
  ) {}

  findByHost(host: string): Promise<Tenant | null> {
    return this.find(this.byHost, host, "t.id = (select tenant_id from tenancy.tenant_host where host = ?)")
  }

  findById(id: string): Promise<Tenant | null> {
    return this.find(this.byId, id, "t.id = ?")
  }

  /** Also usable where nothing can be awaited; null when the tenant was not looked up lately. */
  peek(id: string): Tenant | null {
    return this.byId.get(id)?.tenant ?? null
  }

  /** Ids of the shops that are open, in order. */
  async activeTenants(): Promise<string[]> {
    if (this.active && this.active.until > this.now()) return this.active.ids
    const { rows } = await runAsPlatform(() => this.knex.raw<{ rows: { id: string }[] }>("select id from tenancy.tenant where status = 'active' and id <> ? order by id", [PLATFORM_TENANT]))
    this.active = { ids: rows.map((row) => row.id), until: this.now() + FRESH_MS }
    return this.active.ids
  }

  async list(): Promise<Tenant[]> {
    const { rows } = await runAsPlatform(() => this.knex.raw<{ rows: Row[] }>(`select ${COLUMNS} from tenancy.tenant t where t.id not in ('__platform__', '__blueprint__') order by t.id`))
    return rows.map(toTenant)
  }

  /** After any change of tenants in this process. */
  forget(): void {
    this.byHost.clear()
    this.byId.clear()
    this.active = null
  }

  private async find(cache: Map<string, Known>, key: string, where: string): Promise<Tenant | null> {
    const known = cache.get(key)
    if (known && known.until > this.now()) return known.tenant
    const { rows } = await runAsPlatform(() => this.knex.raw<{ rows: Row[] }>(`select ${COLUMNS} from tenancy.tenant t where ${where} and t.id not in ('__platform__', '__blueprint__')`, [key]))
    const tenant = rows[0] ? toTenant(rows[0]) : null
    // Guessed hosts must not fill the memory.
    if (!tenant && cache.size > MOST_UNKNOWN_HOSTS) cache.clear()
    const until = this.now() + FRESH_MS
    cache.set(key, { tenant, until })
    if (tenant) this.byId.set(tenant.id, { tenant, until })
    return tenant
  }
}

const toTenant = (row: Row): Tenant => ({ ...row, plugins: new Set(row.plugins) })
