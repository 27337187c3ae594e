import { type TenantManifest, type TenantStatus, PLATFORM_TENANT } from "@fangshi/contracts"
import { runAsPlatform } from "@fangshi/kernel/src/tenancy/context"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** A tenant as the front door needs it. */
export type Tenant = {
  id: string
  status: TenantStatus
  manifest: TenantManifest
  publishable_key: string
  /** Of the tenant.yaml that was last applied; null before the first time. */
  applied_digest: string | null
  hosts: string[]
  plugins: ReadonlySet<string>
  /** Counts the changes of what shoppers see; see ShopRevisions. */
  revision: string
}

/** What code that cannot wait needs of a shop that is open. */
export type OpenShop = Pick<Tenant, "id" | "plugins">

type Row = Omit<Tenant, "plugins"> & { plugins: string[] }

const SWITCHED_ON = "coalesce((select array_agg(p.plugin) from tenancy.tenant_plugin p where p.tenant_id = t.id and p.quarantined_at is null and not exists (select from tenancy.plugin_kill k where k.plugin = p.plugin)), '{}') as plugins"
const COLUMNS = `t.id, t.status, t.manifest, t.publishable_key, t.applied_digest, t.revision::text,
  coalesce((select array_agg(h.host order by h.position) from tenancy.tenant_host h where h.tenant_id = t.id), '{}') as hosts,
  ${SWITCHED_ON}`

/** How long what was read is kept while other processes say what they change; and while nobody hears them. This process forgets at once. */
const FRESH_MS = 5_000
const UNHEARD_MS = 250
const MOST_UNKNOWN_HOSTS = 10_000
/** A shop is read again where something changed while it was; so often at most. */
const MOST_TRIES = 5

type Known = { tenant: Tenant | null; until: number }

/** Knows which host belongs to which tenant and in what state it is; asks Postgres once per host every few seconds. */
export class TenantDirectory {
  private readonly byHost = new Map<string, Known>()
  private readonly byId = new Map<string, Known>()
  private active: { ids: string[]; until: number } | null = null
  /** As last read; never emptied, because a request under way must not lose its shop's plugins while another shop changes. */
  private open = new Map<string, OpenShop>()
  /** Counts the changes, so that an answer read before one is not kept after it. */
  private changes = 0
  private lookingSince = -1

  constructor(
    private readonly knex: Knex,
    private readonly now: () => number = Date.now,
    /** Whether changes of other processes are heard at once (plugin-host/changes.ts). */
    private readonly isHeard: () => boolean = () => true,
  ) {}

  findByHost(host: string): Promise<Tenant | null> {
    return this.find(this.byHost, host, "t.id = (select tenant_id from tenancy.tenant_host where host = ?)")
  }

  findById(id: string): Promise<Tenant | null> {
    return this.find(this.byId, id, "t.id = ?")
  }

  /** For where nothing can be awaited: the shop as last read, or null where it is not open or was never read. */
  peek(id: string): OpenShop | null {
    if (!this.active || this.active.until <= this.now()) this.lookAgain()
    return this.open.get(id) ?? null
  }

  /** Ids of the shops that are open, in order. Afterwards peek() knows each of them. */
  async activeTenants(): Promise<string[]> {
    if (this.active && this.active.until > this.now()) return this.active.ids
    const asked = this.changes
    const { rows } = await runAsPlatform(() => this.knex.raw<{ rows: { id: string; plugins: string[] }[] }>(`select t.id, ${SWITCHED_ON} from tenancy.tenant t where t.status = 'active' and t.id <> ? order by t.id`, [PLATFORM_TENANT]))
    const ids = rows.map((row) => row.id)
    if (asked === this.changes) {
      this.active = { ids, until: this.until() }
      this.open = new Map(rows.map(({ id, plugins }) => [id, { id, plugins: new Set(plugins) }]))
    }
    return ids
  }

  async list(): Promise<Tenant[]> {
    const { rows } = await runAsPlatform(() => this.knex.raw<{ rows: Row[] }>(`select ${COLUMNS} from tenancy.tenant t where t.id not in ('__platform__', '__blueprint__') order by t.id`))
    return rows.map(toTenant)
  }

  /** After any change of tenants in this process. */
  forget(): void {
    this.changes++
    this.byHost.clear()
    this.byId.clear()
    this.active = null
    // Events arrive without a request that would look the shop up.
    if (this.open.size) this.lookAgain()
  }

  /** After a change that concerns how one shop looks, and neither its hosts nor its plugins. */
  forgetTenant(id: string): void {
    this.changes++
    const known = this.byId.get(id)
    this.byId.delete(id)
    for (const host of known?.tenant?.hosts ?? []) this.byHost.delete(host)
  }

  private until(): number {
    return this.now() + (this.isHeard() ? FRESH_MS : UNHEARD_MS)
  }

  private lookAgain(): void {
    if (this.lookingSince === this.changes) return
    const started = (this.lookingSince = this.changes)
    const done = () => void (this.lookingSince === started && (this.lookingSince = -1))
    // Without an answer the last one stays; whoever can wait gets the error.
    this.activeTenants().then(done, done)
  }

  private async find(cache: Map<string, Known>, key: string, where: string): Promise<Tenant | null> {
    const known = cache.get(key)
    if (known && known.until > this.now()) return known.tenant
    for (let tries = 1; ; tries++) {
      const asked = this.changes
      const tenant = await this.read(key, where)
      // Something changed meanwhile: perhaps this shop, and after it was read.
      if (asked !== this.changes && tries < MOST_TRIES) continue
      if (asked === this.changes) this.keep(cache, key, tenant)
      return tenant
    }
  }

  private async read(key: string, where: string): Promise<Tenant | null> {
    const { rows } = await runAsPlatform(() => this.knex.raw<{ rows: Row[] }>(`select ${COLUMNS} from tenancy.tenant t where ${where} and t.id not in ('__platform__', '__blueprint__')`, [key]))
    return rows[0] ? toTenant(rows[0]) : null
  }

  private keep(cache: Map<string, Known>, key: string, tenant: Tenant | null): void {
    // Guessed hosts must not fill the memory.
    if (!tenant && cache.size > MOST_UNKNOWN_HOSTS) cache.clear()
    const until = this.until()
    cache.set(key, { tenant, until })
    if (tenant) {
      this.byId.set(tenant.id, { tenant, until })
      if (tenant.status === "active") this.open.set(tenant.id, tenant)
      else this.open.delete(tenant.id)
    }
  }
}

const toTenant = (row: Row): Tenant => ({ ...row, plugins: new Set(row.plugins) })
