import type { Locale, ShopContext } from "@fangshi/contracts"

const MOST = 5_000
/** Where no event tells of a change, e.g. a price list that begins by the clock. */
const FRESH_MS = 30_000

type Kept = { value: Promise<unknown>; until: number }
const kept = new Map<string, Kept>()

/**
 * What a page of a shop is made of, made once per revision of the shop: a change of product, price, stock, page or theme
 * raises the revision. Never for what is one visitor's own.
 */
export function keep<T>(shop: Pick<ShopContext, "tenant_id" | "revision">, locale: Locale, what: string, make: () => Promise<T>): Promise<T> {
  const key = `${shop.tenant_id}|${shop.revision}|${locale}|${what}`
  const known = kept.get(key)
  if (known && known.until > Date.now()) return known.value as Promise<T>
  // The oldest go first: they belong to revisions nobody asks for any more.
  for (const old of kept.keys()) {
    if (kept.size < MOST) break
    kept.delete(old)
  }
  const value = make()
  kept.delete(key)
  kept.set(key, { value, until: Date.now() + FRESH_MS })
  // A failure must not be remembered.
  value.catch(() => kept.get(key)?.value === value && kept.delete(key))
  return value
}
