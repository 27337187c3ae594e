import { randomBytes } from "node:crypto"
import { FangshiError, type TenantManifest } from "@fangshi/contracts"
import { runAsPlatform } from "@fangshi/kernel/src/tenancy/context"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { kdf } from "scrypt-kdf"

export type Provisioned = { created: boolean; publishable_key: string }

const DEADLOCK = "40P01"
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

/** 22 characters; four digits a row complete it to the length of Medusa's own ids. Sorts by time, unique by 60 random bits. */
function idToken(now: number): string {
  let time = ""
  for (let i = 0, rest = now; i < 10; i++, rest = Math.floor(rest / 32)) time = CROCKFORD[rest % 32] + time
  return time + [...randomBytes(12)].map((byte) => CROCKFORD[byte % 32]).join("")
}

/** Medusa's emailpass provider verifies this format. */
async function hashPassword(password: string): Promise<string> {
  return (await kdf(password, { logN: 15, r: 8, p: 1 })).toString("base64")
}

/**
 * Makes a tenant with everything a shop needs to sell, in one transaction: killed at any moment it exists whole or not
 * at all, and is simply run again. A tenant that exists already is left as it is.
 * Throws HOST_TAKEN; TENANT_ARCHIVED never (an archived tenant is left as it is too).
 */
export async function provisionTenant(knex: Knex, manifest: TenantManifest, owner: { password: string }, scripts: string[], now: number = Date.now()): Promise<Provisioned> {
  const existing = await findTenant(knex, manifest.id)
  if (existing && existing.status !== "provisioning") return { created: false, publishable_key: existing.publishable_key }
  const key = `pk_${randomBytes(32).toString("hex")}`
  const values = {
    NAME: manifest.name["zh-CN"],
    KEY: key,
    REDACTED: `${key.slice(0, 6)}***${key.slice(-3)}`,
    SALT: randomBytes(16).toString("hex"),
    EMAIL: manifest.owner.email.toLowerCase(),
    HASH: await hashPassword(owner.password),
    NOW: new Date(now).toISOString(),
  }
  const write = () =>
    runAsPlatform(() =>
      knex.raw<{ rows: { created: boolean }[] }>("select tenancy.provision(?, ?::jsonb, ?::text[], ?, ?, ?::jsonb, ?::text[]) as created", [
        manifest.id, JSON.stringify(manifest), manifest.hosts, key, idToken(now), JSON.stringify(values), scripts,
      ]),
    )
  try {
    const { rows } = await write().catch((error: unknown) => {
      // Two shops that want the same hosts in another order wait for each other; Postgres ends one, which then sees who won.
      if ((error as { code?: string }).code === DEADLOCK) return write()
      throw error
    })
    if (rows[0]?.created) return { created: true, publishable_key: key }
    const other = await findTenant(knex, manifest.id)
    return { created: false, publishable_key: other?.publishable_key ?? "" }
  } catch (error) {
    throw await hostTaken(knex, manifest, error)
  }
}

async function findTenant(knex: Knex, id: string) {
  const { rows } = await runAsPlatform(() => knex.raw<{ rows: { status: string; publishable_key: string }[] }>("select status, publishable_key from tenancy.tenant where id = ?", [id]))
  return rows[0] ?? null
}

/** Turns the unique violation of a host into HOST_TAKEN that names the shop which has it; other errors stay as they are. */
export async function hostTaken(knex: Knex, manifest: TenantManifest, error: unknown): Promise<unknown> {
  if ((error as { constraint?: string }).constraint !== "tenant_host_pkey") return error
  const { rows } = await runAsPlatform(() => knex.raw<{ rows: { host: string; tenant_id: string }[] }>("select host, tenant_id from tenancy.tenant_host where host = any(?::text[]) and tenant_id <> ? limit 1", [manifest.hosts, manifest.id]))
  const taken = rows[0]
  return taken ? new FangshiError("HOST_TAKEN", { host: taken.host, tenant: taken.tenant_id }) : new FangshiError("HOST_DUPLICATE", { host: manifest.hosts.find((h, i) => manifest.hosts.indexOf(h) !== i) ?? manifest.hosts[0] ?? "" })
}
