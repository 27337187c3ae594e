import { AsyncLocalStorage } from "node:async_hooks"
import { PLATFORM_TENANT } from "@fangshi/contracts"

/** No tenant at all: Postgres shows no row and accepts no write. */
export const NO_TENANT = ""

type Context = { tenant: string }

const storage = new AsyncLocalStorage<Context>()

/** A tenant id, or one of the two internal contexts. It is put into a SQL setting, so nothing else passes. */
const SAFE_ID = /^(?:[a-z0-9][a-z0-9-]{0,39}|__platform__|__blueprint__)$/

/** The tenant the running code works for, or NO_TENANT. */
export const currentTenant = (): string => storage.getStore()?.tenant ?? NO_TENANT

/** Runs `work` for one tenant and returns its result. Throws RangeError on a malformed id. */
export async function runInTenant<T>(tenant: string, work: () => T | PromiseLike<T>): Promise<T> {
  if (!SAFE_ID.test(tenant)) throw new RangeError(`Not a tenant id: ${JSON.stringify(tenant)}`)
  // Awaited inside: knex builders are lazy thenables and would otherwise start after the context is gone.
  return storage.run({ tenant }, async () => await work())
}

/** Runs `work` as the platform itself: tenant lifecycle, host look-up, provider sync. Never with input of a shop. */
export const runAsPlatform = <T>(work: () => T | PromiseLike<T>): Promise<T> => runInTenant(PLATFORM_TENANT, work)

/** Continues a synchronous callback chain (Express) in a tenant. The id must come from the tenant directory. */
export function enterTenant(tenant: string, next: () => void): void {
  if (!SAFE_ID.test(tenant)) throw new RangeError(`Not a tenant id: ${JSON.stringify(tenant)}`)
  storage.run({ tenant }, next)
}

/**
 * Boots as the platform, then takes the right away: timers and loops started while booting keep this context,
 * and must find nothing rather than the platform's rows.
 */
export async function bootAsPlatform<T>(boot: () => Promise<T>): Promise<T> {
  const context: Context = { tenant: PLATFORM_TENANT }
  try {
    return await storage.run(context, boot)
  } finally {
    context.tenant = NO_TENANT
  }
}
