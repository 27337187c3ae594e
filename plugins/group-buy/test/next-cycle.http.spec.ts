import { ShopClient, type TestTenant, control, sharedHost, signIn, stockShop, twoTenants } from "@fangshi/testing"
import type { CampaignView, LeaderView } from "../src/contract"

const host = sharedHost()
const S = "/store/group-buy"
const W = "/admin/workbench/group-buy"
const DAY_MS = 86_400_000
const APPLICATION = { leader_name: "李姐", phone: "13900001111", point_name: "一号点", province: "浙江省", city: "杭州市", district: "余杭区", address: "古墩路 1 号", latitude: 30.3, longitude: 120.1 }

async function open(tenant: TestTenant, phone: string) {
  await control({ op: "plugins", id: tenant.id, plugins: ["group-buy"] })
  const client = new ShopClient(host, tenant)
  const stock = await stockShop(client, "果园", 100)
  const { token } = await signIn(client, phone)
  const { leader } = await client.post<{ leader: LeaderView }>(`${S}/leader`, APPLICATION, { token })
  await client.post(`${W}/leaders/${leader.leader_id}`, { decision: "approve" })
  const closes_at = new Date(Date.now() + 3_600_000)
  const { campaign } = await client.post<{ campaign: CampaignView }>(`${W}/campaigns`, { kind: "community", repeats: "daily", opens_at: new Date(Date.now() - 60_000).toISOString(), closes_at: closes_at.toISOString(), condition: { by: "people", target: 2 }, items: [{ variant_id: stock.variant.id, stock: 10, steps: [] }] })
  await client.post(`${W}/campaigns/${campaign.id}/open`, {})
  return { client, token, campaign, closes_at, variant_id: stock.variant.id }
}
type Shop = Awaited<ReturnType<typeof open>>

const shown = ({ client }: Shop, id: string) => client.ok<{ campaign: CampaignView }>({ path: `${S}/campaigns/${id}` }).then(({ campaign }) => campaign)

/** Asks until there is a next one, for thirty seconds at most. */
async function nextOf(shop: Shop): Promise<CampaignView> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const { next_id } = await shown(shop, shop.campaign.id)
    if (next_id) return shown(shop, next_id)
  }
  throw new Error("there was no next one within thirty seconds")
}

it("opens the next cycle when the shop closes one, in that shop alone, until the shop says no more", async () => {
  const [a, b] = await twoTenants()
  const [shop, other] = [await open(a, "13455000001"), await open(b, "13455000002")]
  expect((await other.client.call({ method: "POST", path: `${W}/campaigns/${shop.campaign.id}/repeats`, body: { repeats: "none" } })).status).toBe(404)
  expect((await shop.client.call({ method: "POST", path: `${W}/campaigns/${shop.campaign.id}/repeats`, body: { repeats: "none" }, token: shop.token })).status).toBe(401)
  await shop.client.post(`${W}/campaigns/${shop.campaign.id}/close`, {})
  const next = await nextOf(shop)
  expect(next).toMatchObject({ status: "open", repeats: "daily", closes_at: new Date(shop.closes_at.getTime() + DAY_MS).toISOString(), items: [{ variant_id: shop.variant_id, left: 10 }] })
  expect(await shown(other, other.campaign.id)).toMatchObject({ status: "open", next_id: null })
  expect((await other.client.call({ path: `${S}/campaigns/${next.id}` })).status).toBe(404)
  const { campaign } = await shop.client.post<{ campaign: CampaignView }>(`${W}/campaigns/${next.id}/repeats`, { repeats: "none" })
  expect(campaign).toMatchObject({ id: next.id, status: "open", repeats: "none" })
})

it("is refused for teams, which are decided one by one", async () => {
  const [a] = await twoTenants()
  await control({ op: "plugins", id: a.id, plugins: ["group-buy"] })
  const client = new ShopClient(host, a)
  const body = { kind: "team", team_size: 2, repeats: "daily", opens_at: new Date().toISOString(), closes_at: new Date(Date.now() + DAY_MS).toISOString(), condition: { by: "people", target: 2 }, items: [{ variant_id: "variant", stock: 1 }] }
  expect(await client.call({ method: "POST", path: `${W}/campaigns`, body })).toMatchObject({ status: 400 })
})
