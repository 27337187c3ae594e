import type { Locale } from "@fangshi/contracts"
import type { SlotAsk, SlotData, SlotName, SlotProps } from "@fangshi/storefront-kit"
import type { AppLoadContext } from "react-router"
import { inTime } from "./in-time.server"
import { registryOf } from "./plugins"
import { type ShopApi, shopApi } from "./shop-api.server"

/** A page waits so long for what a plugin adds to it, and then goes without. */
const PATIENCE_MS = 1_500

/** What the tenant's active plugins have for this slot. One that fails or is slow is written down and left out. */
export async function loadSlots<N extends SlotName>({ shop, onError }: AppLoadContext, locale: Locale, name: N, props: SlotProps[N], api: ShopApi = shopApi(shop, locale)): Promise<SlotData> {
  const entries = registryOf(shop.plugins).get(name) ?? []
  const loaded = await Promise.all(
    entries.map(async ({ key, plugin, load }): Promise<[string, unknown][]> => {
      if (!load) return [[key, undefined]]
      try {
        const ask: SlotAsk<N> = { ...props, locale, get: (path) => api.client.fetch(path) }
        // The entry came out of the list of this very slot.
        const data = await inTime((load as (ask: SlotAsk<N>) => Promise<unknown>)(ask), PATIENCE_MS)
        return data === null ? [] : [[key, data]]
      } catch (cause) {
        onError(new Error(`${plugin} has nothing for ${name} of ${shop.tenant_id}`, { cause }))
        return []
      }
    }),
  )
  return Object.fromEntries(loaded.flat())
}

