import { FangshiError, PLATFORM_TENANT } from "@fangshi/contracts"
import { currentTenant, runInTenant } from "@fangshi/kernel/src/tenancy/context"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { Seal } from "./seal"

type Options = Record<string, unknown>
const FRESH_MS = 5_000

/** Keys of payment and other providers, one set per tenant, sealed. */
export class CredentialStore {
  private readonly seal: Seal
  private readonly known = new Map<string, { options: Options | null; until: number }>()

  constructor(
    private readonly knex: Knex,
    masterSecret: string,
    private readonly now: () => number = Date.now,
  ) {
    this.seal = new Seal(masterSecret)
  }

  /** The current tenant's credentials for a provider, or null where it has none. Throws CREDENTIALS_UNREADABLE, never the platform's instead, where they were sealed under another master secret, for another tenant or provider, or were altered. */
  async find(provider: string): Promise<Options | null> {
    const tenant = currentTenant()
    const cacheKey = `${tenant}|${provider}`
    const hit = this.known.get(cacheKey)
    if (hit && hit.until > this.now()) return hit.options
    const { rows } = await this.knex.raw<{ rows: { sealed: string }[] }>("select sealed from tenancy.tenant_credential where tenant_id = ? and provider = ?", [tenant, provider])
    const options = rows[0] ? this.open(tenant, provider, rows[0].sealed) : null
    this.known.set(cacheKey, { options, until: this.now() + FRESH_MS })
    return options
  }

  /** Stores credentials for the current tenant. */
  async save(provider: string, options: Options): Promise<void> {
    const tenant = currentTenant()
    const sealed = this.seal.close(tenant, provider, options)
    await runInTenant(PLATFORM_TENANT, () =>
      this.knex.raw("insert into tenancy.tenant_credential (tenant_id, provider, sealed) values (?, ?, ?) on conflict (tenant_id, provider) do update set sealed = excluded.sealed, updated_at = now()", [tenant, provider, sealed]),
    )
    this.known.delete(`${tenant}|${provider}`)
  }

  private open(tenant: string, provider: string, sealed: string): Options {
    try {
      return this.seal.open(tenant, provider, sealed)
    } catch (error) {
      throw new FangshiError("CREDENTIALS_UNREADABLE", { tenant, provider }, { cause: error })
    }
  }
}
