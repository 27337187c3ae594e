import { type Answer, ShopClient, type SignedInMember, type TestTenant, asOwner, control, sharedHost, signIn, twoTenants } from "@fangshi/testing"
import type { CampaignView, Participation } from "../src/contract"

const host = sharedHost()
const S = "/store/group-buy"
const W = "/admin/workbench/group-buy"

type Shop = { tenant: TestTenant; client: ShopClient; member: SignedInMember; leader: SignedInMember; campaign: string; item: string; leader_id: string }

let phones = 0
const told = ({ status, body }: Answer) => (status < 300 ? String(status) : `${status} ${String(body.code)}`)
const sql = (text: string, values: unknown[]) => asOwner(host.ownerUrl, text, values)

async function open(tenant: TestTenant): Promise<Shop> {
  await control({ op: "plugins", id: tenant.id, plugins: ["group-buy"] })
  const client = new ShopClient(host, tenant)
  const [member, leader] = [await signIn(client, `136${String(50_000_000 + phones++)}`), await signIn(client, `136${String(50_000_000 + phones++)}`)]
  const [campaign, item, leader_id] = [`gbcamp_${tenant.id}`, `gbitem_${tenant.id}`, `gblead_${tenant.id}`]
  await sql(`insert into group_buy_leader (tenant_id, id, customer_id, status, leader_name, phone, point_name, province, city, district, address, latitude, longitude, commission_basis_points, applied_at) values ($1, $2, $3, 'approved', '李姐', '13900001111', '一号点', '浙江省', '杭州市', '余杭区', '古墩路 1 号', 30.3, 120.1, 500, now())`, [tenant.id, leader_id, leader.customer_id])
  await sql(`insert into group_buy_campaign (tenant_id, id, kind, status, title_zh, title_en, opens_at, closes_at, currency_code, condition_by, condition_target, step_by) values ($1, $2, 'community', 'open', '草莓', 'Strawberries', now() - interval '1 hour', now() + interval '1 day', 'cny', 'people', 2, 'people')`, [tenant.id, campaign])
  await sql(`insert into group_buy_campaign_item (tenant_id, id, campaign_id, product_id, variant_id, title_zh, title_en, position, unit_price, stock) values ($1, $2, $3, 'prod', 'variant', '草莓', 'Strawberries', 0, 1000, 5)`, [tenant.id, item, campaign])
  await sql("insert into group_buy_campaign_point (tenant_id, campaign_id, leader_id) values ($1, $2, $3)", [tenant.id, campaign, leader_id])
  return { tenant, client, member, leader, campaign, item, leader_id }
}

const basket = ({ item, leader_id }: Shop, key: string) => ({ idempotency_key: key, items: [{ item_id: item, quantity: 2 }], leader_id, contact: { name: "王小米", phone: "138 0000 1111" } })
const join = ({ client, campaign, member }: Shop, body: object, token: string | null = member.token) => client.call({ method: "POST", path: `${S}/campaigns/${campaign}/join`, body, token })

describe("over HTTP", () => {
  let shops: [Shop, Shop]
  let closed: ShopClient
  beforeAll(async () => {
    const [a, b] = await twoTenants()
    shops = [await open(a), await open(b)]
    closed = new ShopClient(host, (await twoTenants())[0])
  })

  it("is not there where the shop has not switched it on, and shows each shop its own", async () => {
    expect((await closed.call({ path: `${S}/campaigns` })).status).toBe(404)
    for (const { client, campaign } of shops) {
      const { campaigns } = await client.ok<{ campaigns: CampaignView[] }>({ path: `${S}/campaigns` })
      expect(campaigns.map(({ id }) => id)).toEqual([campaign])
      expect(campaigns[0]).toMatchObject({ kind: "community", items: [{ unit_price_amount: 1_000, stock: 5, left: 5 }], progress: { people: 0, reached: false } })
    }
    expect(told(await shops[0].client.call({ path: `${S}/campaigns/${shops[1].campaign}` }))).toBe("404 GROUP_BUY_CAMPAIGN_UNKNOWN")
  })

  it("lets members join, one key once; guests, half a body and the neighbour's campaign not", async () => {
    const [shop, other] = shops
    expect((await join(shop, basket(shop, "key-guest-1"), null)).status).toBe(401)
    expect(told(await join(shop, { ...basket(shop, "key-half-01"), contact: undefined }))).toBe("400 REQUEST_INVALID")
    expect(told(await join({ ...shop, campaign: other.campaign }, basket(other, "key-other-1")))).toBe("404 GROUP_BUY_CAMPAIGN_UNKNOWN")
    const answers = await Promise.all([1, 2, 3].map(() => join(shop, basket(shop, "key-mine-01"))))
    expect(answers.map(told)).toEqual(["200", "200", "200"])
    const ids = answers.map(({ body }) => (body as unknown as { participation: Participation }).participation)
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1)
    expect(ids[0]).toMatchObject({ status: "held", pieces: 2, amount: 2_000, lines: [{ quantity: 2, unit_price_amount: 1_000 }] })
    const { participations } = await shop.client.ok<{ participations: Participation[] }>({ path: `${S}/participations`, token: shop.member.token })
    expect(participations.map(({ id }) => id)).toEqual([ids[0]?.id])
    expect(told(await shop.client.call({ path: `${S}/participations/${ids[0]?.id ?? ""}`, token: shop.leader.token }))).toBe("404 GROUP_BUY_PARTICIPATION_UNKNOWN")
    expect(told(await other.client.call({ path: `${S}/participations/${ids[0]?.id ?? ""}`, token: other.member.token }))).toBe("404 GROUP_BUY_PARTICIPATION_UNKNOWN")
    const refused = await join(shop, { ...basket(shop, "key-large-1"), items: [{ item_id: shop.item, quantity: 4 }] })
    expect(refused.body).toMatchObject({ code: "GROUP_BUY_SOLD_OUT", params: { left: 3 }, text: { "zh-CN": "剩下的不够了，还有 3 件。" } })
  })

  it("hands over by the code that the shopper opened, at the leader's own point alone", async () => {
    const [shop, other] = shops
    const { body } = await join(other, basket(other, "key-code-01"))
    const { id } = (body as unknown as { participation: Participation }).participation
    expect(told(await other.client.call({ method: "POST", path: `${S}/participations/${id}/code`, body: {}, token: other.member.token }))).toBe("409 GROUP_BUY_NOT_NOW")
    await sql("update group_buy_participation set status = 'confirmed' where tenant_id = $1 and id = $2", [other.tenant.id, id])
    const { code } = await other.client.post<{ code: string }>(`${S}/participations/${id}/code`, {}, { token: other.member.token })
    const show = (at: Shop, token: string) => at.client.call({ method: "POST", path: `${S}/leader/hand-over`, body: { code }, token })
    expect(told(await show(other, other.member.token))).toBe("403 GROUP_BUY_LEADER_ONLY")
    expect(told(await show(shop, shop.leader.token))).toBe("404 GROUP_BUY_CODE_WRONG")
    expect([told(await show(other, other.leader.token)), told(await show(other, other.leader.token))]).toEqual(["200", "404 GROUP_BUY_CODE_WRONG"])
    const { participations } = await other.client.ok<{ participations: { id: string; status: string; phone: string }[] }>({ path: `${S}/leader/today`, token: other.leader.token })
    expect(participations).toMatchObject([{ id, status: "handed_over", phone: "*******1111" }])
  })

  it("takes the money with the shop's own provider, counts it once, and lets it go when the shopper leaves", async () => {
    const { client, campaign, item, leader_id, tenant } = shops[0]
    const member = await signIn(client, `136${String(50_000_000 + phones++)}`)
    const { body } = await join({ ...shops[0], member }, { ...basket(shops[0], "key-pays-01"), items: [{ item_id: item, quantity: 1 }], leader_id })
    const { id } = (body as unknown as { participation: Participation }).participation
    const pays = () => client.call({ method: "POST", path: `${S}/participations/${id}/pay`, body: {}, token: member.token })
    const answers = await Promise.all([pays(), pays(), pays()])
    expect(answers.map(({ status, body: { outcome } }) => [status, outcome])).toEqual(Array(3).fill([200, "paid"]))
    expect(answers[0]?.body).toMatchObject({ payment: { amount: 1_000, state: "authorized" }, participation: { status: "paid" } })
    const { campaign: seen } = await client.ok<{ campaign: CampaignView }>({ path: `${S}/campaigns/${campaign}` })
    expect(seen.progress).toMatchObject({ people: 1, pieces: 1, amount: 1_000 })
    expect(told(await client.call({ method: "POST", path: `${S}/participations/${id}/leave`, body: {}, token: member.token }))).toBe("200")
    for (const deadline = Date.now() + 15_000; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
      const [row] = await sql("select p.status, pay.released_at from group_buy_participation p join plugin_payment pay on pay.id = p.payment_id where p.tenant_id = $1 and p.id = $2", [tenant.id, id]) as { status: string; released_at: Date | null }[]
      if (row?.status === "refunded" && row.released_at) break
      if (Date.now() > deadline) throw new Error(`the money did not come back: ${JSON.stringify(row)}`)
    }
  })

  it("tells everybody who watches, beginning with how it is now", async () => {
    const [{ tenant, campaign }] = shops
    const response = await fetch(`${host.url}${S}/campaigns/${campaign}/live`, { headers: { "x-tenant": tenant.id, "x-publishable-api-key": tenant.publishable_key }, signal: AbortSignal.timeout(10_000) })
    expect(response.headers.get("content-type")).toContain("text/event-stream")
    const reader = response.body?.getReader()
    const first = new TextDecoder().decode((await reader?.read())?.value)
    expect(JSON.parse(first.replace(/^data: /, ""))).toMatchObject({ campaign_id: campaign, status: "open", progress: { people: 0 } })
    await reader?.cancel()
  })

  it("shows the shop's staff its campaigns and sheets, and shoppers none of that", async () => {
    const [shop, other] = shops
    const { campaigns } = await shop.client.ok<{ campaigns: CampaignView[] }>({ path: `${W}/campaigns` })
    expect(campaigns.map(({ id }) => id)).toEqual([shop.campaign])
    expect((await shop.client.call({ path: `${W}/campaigns`, token: shop.member.token })).status).toBe(401)
    for (const sheet of ["purchase", "sorting", "picking", "run"]) {
      expect(told(await shop.client.call({ path: `${W}/campaigns/${shop.campaign}/sheets/${sheet}` }))).toBe("200")
      expect(told(await shop.client.call({ path: `${W}/campaigns/${other.campaign}/sheets/${sheet}?format=csv` }))).toBe("404 GROUP_BUY_CAMPAIGN_UNKNOWN")
    }
    const { text } = await shop.client.call({ path: `${W}/campaigns/${shop.campaign}/sheets/purchase?format=csv&locale=en` })
    expect(text).toContain("Item,SKU,Pieces")
  })
})
