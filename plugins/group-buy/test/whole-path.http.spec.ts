import { ShopClient, type TestTenant, asOwner, control, sharedHost, signIn, stockShop, twoTenants } from "@fangshi/testing"
import type { CampaignView, Claim, DeskClaim, LeaderView, Participation } from "../src/contract"

const host = sharedHost()
const S = "/store/group-buy"
const W = "/admin/workbench/group-buy"
const APPLICATION = { leader_name: "李姐", phone: "13900001111", point_name: "一号点", province: "浙江省", city: "杭州市", district: "余杭区", address: "古墩路 1 号", latitude: 30.3, longitude: 120.1 }

let phones = 0
const phone = () => `135${String(60_000_000 + phones++)}`

/** Asks until the answer is a true value, for thirty seconds at most. */
async function eventually<T>(what: string, look: () => Promise<T>): Promise<NonNullable<T>> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const seen = await look()
    if (seen) return seen
  }
  throw new Error(`Not seen within thirty seconds: ${what}`)
}

async function open(tenant: TestTenant) {
  await control({ op: "plugins", id: tenant.id, plugins: ["group-buy"] })
  const client = new ShopClient(host, tenant)
  const stock = await stockShop(client, "果园", 100)
  const leader = await signIn(client, phone())
  const { leader: applied } = await client.post<{ leader: LeaderView }>(`${S}/leader`, APPLICATION, { token: leader.token })
  await client.post(`${W}/leaders/${applied.leader_id}`, { decision: "approve", commission_basis_points: 1_000 })
  const { campaign } = await client.post<{ campaign: CampaignView }>(`${W}/campaigns`, {
    kind: "community", opens_at: new Date(Date.now() - 60_000).toISOString(), closes_at: new Date(Date.now() + 3_600_000).toISOString(), condition: { by: "people", target: 2 },
    items: [{ variant_id: stock.variant.id, stock: 10, steps: [{ from_count: 2, unit_price_amount: 3_000 }] }],
  })
  await client.post(`${W}/campaigns/${campaign.id}/open`, {})
  return { tenant, client, stock, leader, leader_id: applied.leader_id, campaign }
}
type Shop = Awaited<ReturnType<typeof open>>

async function joinAndPay({ client, campaign, leader_id }: Shop, quantity: number) {
  const member = await signIn(client, phone())
  const body = { idempotency_key: `key-${member.customer_id}`, items: [{ item_id: campaign.items[0]?.id, quantity }], leader_id, contact: { name: "王小米", phone: "13800001111" } }
  const { participation } = await client.post<{ participation: Participation }>(`${S}/campaigns/${campaign.id}/join`, body, { token: member.token })
  const { outcome } = await client.post<{ outcome: string }>(`${S}/participations/${participation.id}/pay`, {}, { token: member.token })
  expect(outcome).toBe("paid")
  return { id: participation.id, token: member.token, customer_id: member.customer_id }
}
const look = ({ client }: Shop, { id, token }: { id: string; token: string }) => client.ok<{ participation: Participation }>({ path: `${S}/participations/${id}`, token }).then(({ participation }) => participation)
const free = async ({ tenant }: Shop) => Number((await asOwner<{ n: string }>(host.ownerUrl, "select sum(stocked_quantity - reserved_quantity) as n from inventory_level where tenant_id = $1", [tenant.id]))[0]?.n)
const kept = async ({ tenant }: Shop) => Number((await asOwner<{ n: string }>(host.ownerUrl, "select round(100 * (coalesce((select sum(amount) from capture where tenant_id = $1), 0) - coalesce((select sum(amount) from refund where tenant_id = $1), 0))) as n", [tenant.id]))[0]?.n)

it("goes from the leader's application to orders, hand-over and a claim, with the shop's own payments, stock and orders; the neighbour sees nothing of it", async () => {
  const [a, b] = await twoTenants()
  const [shop, other] = [await open(a), await open(b)]
  expect(await free(shop)).toBe(90)
  const [ann, ben] = [await joinAndPay(shop, 2), await joinAndPay(shop, 1)]
  await joinAndPay(other, 1)
  await shop.client.post(`${W}/campaigns/${shop.campaign.id}/close`, {})
  const confirmed = await eventually("the orders", async () => {
    const both = await Promise.all([look(shop, ann), look(shop, ben)])
    return both.every(({ status }) => status === "confirmed") ? both : null
  })
  expect(confirmed.map(({ amount, due_amount }) => [amount, due_amount])).toEqual([[7_980, 6_000], [3_990, 3_000]])
  expect(await kept(shop)).toBe(9_000)
  const { orders } = await shop.client.ok<{ orders: { id: string; total: number; customer_id: string }[] }>({ path: "/admin/orders?fields=id,total,customer_id" })
  expect(orders.map(({ total }) => total).sort((x, y) => x - y)).toEqual([30, 60])
  await eventually("the unsold stock", async () => (await free(shop)) === 97)
  const { code } = await shop.client.post<{ code: string }>(`${S}/participations/${ann.id}/code`, {}, { token: ann.token })
  await shop.client.post(`${S}/leader/hand-over`, { code }, { token: shop.leader.token })
  const { commission } = await shop.client.ok<{ commission: object }>({ path: `${S}/leader`, token: shop.leader.token })
  expect(commission).toEqual({ pending_amount: 300, withdrawable_amount: 600, clawed_back_amount: 0 })
  const { claim } = await shop.client.post<{ claim: Claim }>(`${S}/participations/${ann.id}/claims`, { amount: 1_000, reason: "坏了一个" }, { token: ann.token })
  const claims = async (of: Shop) => (await of.client.ok<{ claims: DeskClaim[] }>({ path: `${W}/claims` })).claims
  expect(await claims(shop)).toMatchObject([{ id: claim.id, status: "open", wanted_amount: 1_000, most_amount: 6_000, campaign_id: shop.campaign.id, campaign_title: shop.campaign.title }])
  expect(await claims(other)).toEqual([])
  await shop.client.post(`${W}/claims/${claim.id}`, { decision: "approve", amount: 1_000 })
  await eventually("the claim's money", async () => (await kept(shop)) === 8_000)
  expect((await look(shop, ann)).refunded_amount).toBe(1_980 + 1_000)
  expect((await other.client.ok<{ campaigns: CampaignView[] }>({ path: `${W}/campaigns` })).campaigns[0]).toMatchObject({ status: "open", progress: { people: 1 } })
  expect((await other.client.ok<{ orders: object[] }>({ path: "/admin/orders" })).orders).toEqual([])
})

it("gives everything back when too few came", async () => {
  const [a] = await twoTenants()
  const shop = await open(a)
  const ann = await joinAndPay(shop, 2)
  await shop.client.post(`${W}/campaigns/${shop.campaign.id}/close`, {})
  await eventually("the refund", async () => (await look(shop, ann)).status === "refunded")
  await eventually("the stock", async () => (await free(shop)) === 100)
  expect(await kept(shop)).toBe(0)
})
