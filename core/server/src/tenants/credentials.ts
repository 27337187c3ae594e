import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto"
import { FangshiError, PLATFORM_TENANT } from "@fangshi/contracts"
import { currentTenant, runInTenant } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"

type Options = Record<string, unknown>
const FRESH_MS = 5_000
const TAG_BYTES = 16

/** Keys of payment and other providers, one set per tenant, sealed with AES-256-GCM under a key derived for that tenant. */
export class CredentialStore {
  private readonly known = new Map<string, { options: Options | null; until: number }>()

  constructor(
    private readonly knex: Knex,
    private readonly masterSecret: string,
    private readonly now: () => number = Date.now,
  ) {}

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
    const sealed = this.seal(tenant, provider, options)
    await runInTenant(PLATFORM_TENANT, () =>
      this.knex.raw("insert into tenancy.tenant_credential (tenant_id, provider, sealed) values (?, ?, ?) on conflict (tenant_id, provider) do update set sealed = excluded.sealed, updated_at = now()", [tenant, provider, sealed]),
    )
    this.known.delete(`${tenant}|${provider}`)
  }

  private key(tenant: string) {
    return Buffer.from(hkdfSync("sha256", this.masterSecret, tenant, "fangshi credentials", 32))
  }

  private seal(tenant: string, provider: string, options: Options): string {
    const iv = randomBytes(12)
    const cipher = createCipheriv("aes-256-gcm", this.key(tenant), iv, { authTagLength: TAG_BYTES })
    cipher.setAAD(Buffer.from(provider))
    const body = Buffer.concat([cipher.update(JSON.stringify(options), "utf8"), cipher.final()])
    return Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64")
  }

  private open(tenant: string, provider: string, sealed: string): Options {
    const bytes = Buffer.from(sealed, "base64")
    try {
      const decipher = createDecipheriv("aes-256-gcm", this.key(tenant), bytes.subarray(0, 12), { authTagLength: TAG_BYTES })
      decipher.setAAD(Buffer.from(provider))
      decipher.setAuthTag(bytes.subarray(12, 12 + TAG_BYTES))
      return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(12 + TAG_BYTES)), decipher.final()]).toString("utf8")) as Options
    } catch (error) {
      throw new FangshiError("CREDENTIALS_UNREADABLE", { tenant, provider }, { cause: error })
    }
  }
}
