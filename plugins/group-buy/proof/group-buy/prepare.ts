import { control, createTenant, registerCustomer, stockShop } from "@fangshi/testing"
import type { Market } from "./market"
import { VARIANTS, type Variant } from "./variants"

export const STORE = "/store/group-buy"
export const DESK = "/admin/workbench/group-buy"

/** A variant's own campaign, open. */
export type Campaign = { variant: Variant; id: string; items: { id: string }[]; closes_at: Date }
export type Prepared = { variant_ids: string[]; leader_id: string; tokens: string[] }

const [STOCK, LEADER] = [1_000, { leader_name: "李姐", phone: "13900001111", point_name: "一号点", province: "浙江省", city: "杭州市", district: "余杭区", address: "古墩路 1 号", latitude: 30.3, longitude: 120.1 }]

/** A shop with the plugin, two goods, a leader, and as many members as the largest variant has. */
export async function prepare(market: Market): Promise<Prepared> {
  const { url, controlUrl } = market.host
  const shared = { url, controlUrl, ownerUrl: market.database.ownerUrl, appUrl: market.database.appUrl }
  market.tenant = await createTenant("groups", shared)
  await control({ op: "plugins", id: market.tenant.id, plugins: ["group-buy"] }, shared)
  const variant_ids = await stockGoods(market)
  const members = Math.max(...VARIANTS.map(({ shoppers }) => shoppers))
  const tokens: string[] = []
  for (let n = 0; n <= members; n += 10) tokens.push(...(await Promise.all(Array.from({ length: 10 }, (_, i) => registerCustomer(market.client, `shopper-${n + i}@buyer.example`)))))
  const { leader } = await market.must<{ leader: { leader_id: string } }>(`${STORE}/leader`, LEADER, tokens[members])
  await market.must(`${DESK}/leaders/${leader.leader_id}`, { decision: "approve" })
  return { variant_ids, leader_id: leader.leader_id, tokens }
}

async function stockGoods(market: Market): Promise<string[]> {
  const apples = await stockShop(market.client, "果园", STOCK)
  const { product } = await market.client.post<{ product: { variants: { id: string }[] } }>("/admin/products", {
    title: "梨", handle: "pear", status: "published", shipping_profile_id: apples.profile.id, sales_channels: [{ id: apples.channel.id }],
    options: [{ title: "规格", values: ["一箱"] }],
    variants: [{ title: "一箱", sku: "PEAR-1", options: { "规格": "一箱" }, manage_inventory: true, prices: [{ amount: 29.9, currency_code: "cny" }] }],
  })
  const { inventory_items } = await market.client.ok<{ inventory_items: { id: string }[] }>({ path: "/admin/inventory-items?sku=PEAR-1" })
  await market.client.post(`/admin/inventory-items/${inventory_items[0]?.id ?? ""}/location-levels`, { location_id: apples.location.id, stocked_quantity: STOCK })
  return [apples.variant.id, product.variants[0]?.id ?? ""]
}

/** `kill_ms`: how long one kill takes with what follows it; by it the close is set. */
export async function openCampaign(market: Market, variant: Variant, { variant_ids }: Prepared, kill_ms: number): Promise<Campaign> {
  const now = Date.now()
  const closes_at = new Date(now + (variant.closes_at === null ? 7_200_000 : Math.ceil((variant.closes_at - variant.opens_at) * kill_ms)))
  const { campaign } = await market.must<{ campaign: { id: string; items: { id: string }[] } }>(`${DESK}/campaigns`, {
    kind: "community", opens_at: new Date(now - 60_000).toISOString(), closes_at: closes_at.toISOString(), condition: { by: "pieces", target: variant.sold?.reduce((sum, n) => sum + n, 0) ?? 1 },
    ...(variant.per_person_limit ? { per_person_limit: variant.per_person_limit } : {}),
    items: variant.stock.map((stock, i) => ({ variant_id: variant_ids[i], stock, steps: [{ from_count: 10, unit_price_amount: 2_490 }] })),
  })
  await market.must(`${DESK}/campaigns/${campaign.id}/open`, {})
  return { variant, ...campaign, closes_at }
}
