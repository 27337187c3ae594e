import { type PublicReview, type ReviewSummary, type Role, ERRORS } from "@fangshi/contracts"
import { type Answer, ShopClient, type SignedInMember, asOwner, buy, createTenant, latestCode, passTime, rowsOf, sharedHost, signIn, stockShop } from "@fangshi/testing"
import sharp from "sharp"

type Shop = Awaited<ReturnType<typeof stockShop>>
type Line = { line_item_id: string; order_id: string; title: string }
type Shown = { summary: ReviewSummary; reviews: PublicReview[]; count: number }
type Desk = { reviews: (PublicReview & { title: string; state: string; reports: { reason: string }[] })[]; counts: Record<string, number> }

const host = sharedHost()
const ME = "/store/members/me"
const W = "/admin/workbench"
const DAY = 86_400_000

let phones = 0
const newPhone = () => `137${String(20_000_000 + phones++)}`
const told = ({ status, body }: Answer) => (status < 300 ? String(status) : `${status} ${String(body.code)}`)

async function newShop(): Promise<{ client: ShopClient; shop: Shop }> {
  const client = new ShopClient(host, await createTenant("reviews"))
  return { client, shop: await stockShop(client, "果园") }
}

const send = (client: ShopClient, path: string, body: unknown, token: string) => client.call({ method: "POST", path, body, token })
const due = async (client: ShopClient, { token }: SignedInMember) => (await client.ok<{ due: Line[] }>({ path: `${ME}/reviews`, token })).due
const shown = (client: ShopClient, shop: Shop, query = "") => client.ok<Shown>({ path: `/store/products/${shop.product.id}/reviews${query}` })
const desk = (client: ShopClient, list: string, token?: string) => client.ok<Desk>({ path: `${W}/reviews?list=${list}`, ...(token ? { token } : {}) })
const write = (client: ShopClient, { token }: SignedInMember, line_item_id: string, more: object = {}) => send(client, `${ME}/reviews`, { line_item_id, stars: 5, text: "很甜", ...more }, token)

async function picture(client: ShopClient, token: string, bytes: Buffer, type = "application/octet-stream"): Promise<Answer> {
  const response = await fetch(`${host.url}${ME}/review-pictures`, { method: "POST", body: new Uint8Array(bytes), headers: { "x-tenant": client.tenant.id, "x-publishable-api-key": client.tenant.publishable_key, "authorization": `Bearer ${token}`, "content-type": type } })
  const text = await response.text()
  return { status: response.status, text, body: JSON.parse(text) as Answer["body"] }
}
const photo = (colour = "#c33") => sharp({ create: { width: 32, height: 24, channels: 3, background: colour } }).jpeg().toBuffer()
const sentPicture = async (client: ShopClient, { token }: SignedInMember) => ((await picture(client, token, await photo())).body.picture as unknown as { id: string; url: string }) ?? { id: "", url: "" }

/** A member's order in the hands of its buyer; the line to review. */
async function received(client: ShopClient, shop: Shop, me: SignedInMember): Promise<string> {
  const { order } = await buy(client, shop, "buyer", { token: me.token })
  await client.ok({ path: `${W}/parcels?state=new` })
  const mine = (await rowsOf<{ id: string; order_id: string; pick_up_code: string }>(client.tenant.id, "parcel")).filter(({ order_id }) => order_id === order.id)
  for (const { id, pick_up_code } of mine) {
    await client.post(`${W}/parcels/${id}/accept`, {})
    await client.post(`${W}/parcels/${id}/pack`, {})
    await client.post(`${W}/hand-over`, { code: pick_up_code })
  }
  return (await due(client, me)).find(({ order_id }) => order_id === order.id)?.line_item_id ?? ""
}

/** Somebody of the staff of a merchant, or of the whole shop. */
async function hire(client: ShopClient, role: Role, merchant_id: string | null = null): Promise<string> {
  const email = `staff${++phones}@reviews.example`
  const { invitation } = await client.post<{ invitation: { token: string } }>(`${W}/invitations`, { role, merchant_id })
  await client.post("/store/staff-invitations", { token: invitation.token, name: "小王", email, password: "a-long-password" })
  return (await client.post<{ token: string }>("/auth/user/emailpass", { email, password: "a-long-password" })).token
}

describe("who may review", () => {
  it("is who bought it, once it was handed over, and once", async () => {
    const { client, shop } = await newShop()
    const [me, other] = [await signIn(client, newPhone()), await signIn(client, newPhone())]
    const { order } = await buy(client, shop, "waiting", { token: me.token })
    const { order: full } = await client.ok<{ order: { items: { id: string }[] } }>({ path: `/admin/orders/${order.id}` })
    expect(await due(client, me)).toEqual([])
    expect(told(await write(client, me, full.items[0]?.id ?? ""))).toBe("409 REVIEW_TOO_EARLY")
    const line = await received(client, shop, me)
    expect(told(await write(client, other, line))).toBe("404 NOT_FOUND")
    expect(told(await write(client, other, "ordli_none"))).toBe("404 NOT_FOUND")
    expect((await client.call({ method: "POST", path: `${ME}/reviews`, body: { line_item_id: line, stars: 5 } })).status).toBe(401)
    expect(told(await write(client, me, line))).toBe("200")
    expect(told(await write(client, me, line))).toBe("200")
    expect(told(await write(client, me, line, { stars: 1 }))).toBe("409 REVIEW_EXISTS")
    expect(await due(client, me)).toEqual([])
    expect(await rowsOf(client.tenant.id, "review")).toHaveLength(1)
  })

  it("is also who got it by a delivery of Medusa's own", async () => {
    const { client, shop } = await newShop()
    const me = await signIn(client, newPhone())
    const { order } = await buy(client, shop, "delivered", { token: me.token })
    const { order: full } = await client.ok<{ order: { items: { id: string }[] } }>({ path: `/admin/orders/${order.id}` })
    await client.post(`/admin/orders/${order.id}/fulfillments`, { items: full.items.map(({ id }) => ({ id, quantity: 1 })), location_id: shop.location.id })
    const { order: packed } = await client.ok<{ order: { fulfillments: { id: string }[] } }>({ path: `/admin/orders/${order.id}?fields=id,*fulfillments` })
    await client.post(`/admin/orders/${order.id}/fulfillments/${packed.fulfillments[0]?.id ?? ""}/mark-as-delivered`, {})
    expect(await due(client, me)).toMatchObject([{ line_item_id: full.items[0]?.id }])
    expect(told(await write(client, me, full.items[0]?.id ?? ""))).toBe("200")
  })

  it("gets one review out of many posts at once, whatever they say", async () => {
    const { client, shop } = await newShop()
    const me = await signIn(client, newPhone())
    const line = await received(client, shop, me)
    const same = await Promise.all([1, 2, 3].map(() => write(client, me, line)))
    expect(same.map(told)).toEqual(["200", "200", "200"])
    const second = await received(client, shop, me)
    const different = await Promise.all([1, 2, 3].map((stars) => write(client, me, second, { stars })))
    expect(different.map(told).sort()).toEqual(["200", "409 REVIEW_EXISTS", "409 REVIEW_EXISTS"])
    expect((await shown(client, shop)).summary.count).toBe(2)
  })

  it("is told what is wrong with the review", async () => {
    const { client, shop } = await newShop()
    const me = await signIn(client, newPhone())
    const line = await received(client, shop, me)
    for (const wrong of [{ stars: 0 }, { stars: 6 }, { stars: 4.5 }, { stars: "5" }, { text: "长".repeat(1_001) }, { picture_ids: ["revpic_none"] }, { picture_ids: ["a", "a"] }, { picture_ids: Array.from({ length: 10 }, (_, i) => `p${i}`) }, { state: "hidden" }]) {
      const answer = await write(client, me, line, wrong)
      expect([wrong, told(answer)]).toEqual([wrong, "400 REQUEST_INVALID"])
      expect(answer.text).toContain(Object.keys(wrong)[0] ?? "")
    }
    expect(await rowsOf(client.tenant.id, "review")).toEqual([])
  })
})

describe("what visitors see", () => {
  it("are masked names, figures that agree with the list, filters and pages", async () => {
    const { client, shop } = await newShop()
    const me = await signIn(client, newPhone())
    await client.post(`${ME}`, { first_name: "张小满" }, { token: me.token })
    const sent = await sentPicture(client, me)
    await write(client, me, await received(client, shop, me), { stars: 5, text: "很甜", picture_ids: [sent.id] })
    await write(client, me, await received(client, shop, me), { stars: 4, text: "", anonymous: true })
    await write(client, me, await received(client, shop, me), { stars: 4 })
    const all = await shown(client, shop)
    expect(all.summary).toEqual({ count: 3, average: 4.3, with_pictures: 1, stars: { 1: 0, 2: 0, 3: 0, 4: 2, 5: 1 } })
    expect(all.reviews.map(({ stars, author_name, text }) => [stars, author_name, text])).toEqual([[4, "张**", "很甜"], [4, null, ""], [5, "张**", "很甜"]])
    expect(all.reviews[2]?.pictures).toEqual([{ url: sent.url, width: 32, height: 24 }])
    expect(JSON.stringify(all)).not.toContain(me.customer_id)
    expect(JSON.stringify(all)).not.toContain("小满")
    expect((await shown(client, shop, "?stars=4")).count).toBe(2)
    expect((await shown(client, shop, "?with_pictures=true")).reviews).toMatchObject([{ stars: 5 }])
    expect(await shown(client, shop, "?limit=2&page=2")).toMatchObject({ count: 3, reviews: [{ stars: 5 }] })
    expect(told(await client.call({ path: `/store/products/${shop.product.id}/reviews?stars=9` }))).toBe("400 REQUEST_INVALID")
    expect(told(await client.call({ path: "/store/products/prod_none/reviews" }))).toBe("404 NOT_FOUND")
  })

  it("are right while many members write at once", async () => {
    const { client, shop } = await newShop()
    const members = await Promise.all(Array.from({ length: 4 }, () => signIn(client, newPhone())))
    const lines: string[] = []
    for (const member of members) lines.push(await received(client, shop, member))
    await Promise.all(members.map((member, i) => write(client, member, lines[i] ?? "", { stars: i + 2 })))
    expect((await shown(client, shop)).summary).toMatchObject({ count: 4, average: 3.5, stars: { 1: 0, 2: 1, 3: 1, 4: 1, 5: 1 } })
  })

  it("are those of their own shop only, and neither tenant can touch the other's", async () => {
    const [a, b] = [await newShop(), await newShop()]
    const [ofA, ofB] = [await signIn(a.client, newPhone()), await signIn(b.client, newPhone())]
    const [lineA] = [await received(a.client, a.shop, ofA), await received(b.client, b.shop, ofB)]
    await write(a.client, ofA, lineA)
    const id = (await shown(a.client, a.shop)).reviews[0]?.id ?? ""
    expect(told(await b.client.call({ path: `/store/products/${a.shop.product.id}/reviews` }))).toBe("404 NOT_FOUND")
    expect((await shown(b.client, b.shop)).summary.count).toBe(0)
    expect(told(await write(b.client, ofB, lineA))).toBe("404 NOT_FOUND")
    expect(told(await send(b.client, `${ME}/reviews/${id}/reports`, { reason: "abuse" }, ofB.token))).toBe("404 NOT_FOUND")
    for (const [step, body] of [["reply", { text: "谢谢" }], ["hide", { reason: "abuse" }], ["show", {}], ["keep", {}]] as const) expect(told(await b.client.call({ method: "POST", path: `${W}/reviews/${id}/${step}`, body }))).toBe("404 NOT_FOUND")
    expect((await desk(b.client, "all")).reviews).toEqual([])
    const theirs = await sentPicture(a.client, ofA)
    expect(told(await write(b.client, ofB, (await due(b.client, ofB))[0]?.line_item_id ?? "", { picture_ids: [theirs.id] }))).toBe("400 REQUEST_INVALID")
    expect((await fetch(`${host.url}${theirs.url}`, { headers: { "x-tenant": b.client.tenant.id } })).status).toBe(404)
  })
})

describe("a picture", () => {
  it("is drawn anew as WebP in the shop's own folder, and belongs to one review of who sent it", async () => {
    const { client, shop } = await newShop()
    const [me, other] = [await signIn(client, newPhone()), await signIn(client, newPhone())]
    const sent = await sentPicture(client, me)
    expect(sent.url.startsWith(`/static/${client.tenant.id}/`)).toBe(true)
    const file = await fetch(`${host.url}${sent.url}`, { headers: { "x-tenant": client.tenant.id } })
    expect([file.status, file.headers.get("content-type"), (await sharp(Buffer.from(await file.arrayBuffer())).metadata()).format]).toEqual([200, "image/webp", "webp"])
    expect(told(await write(client, other, await received(client, shop, other), { picture_ids: [sent.id] }))).toBe("400 REQUEST_INVALID")
    const [first, second] = [await received(client, shop, me), await received(client, shop, me)]
    expect(told(await write(client, me, first, { picture_ids: [sent.id] }))).toBe("200")
    expect(told(await write(client, me, second, { picture_ids: [sent.id] }))).toBe("400 REQUEST_INVALID")
    expect(await rowsOf(client.tenant.id, "review")).toHaveLength(1)
  })

  it("that is hostile is refused, whatever it says it is, and nothing is stored", async () => {
    const { client } = await newShop()
    const me = await signIn(client, newPhone())
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    const hostile: [string, Buffer, string][] = [["svg as jpeg", svg, "image/jpeg"], ["svg", svg, "image/svg+xml"], ["html", Buffer.from("<script>1</script>"), "text/html"], ["json", Buffer.from("{}"), "application/json"], ["empty", Buffer.alloc(0), "image/png"], ["50 MB", Buffer.concat([await photo(), Buffer.alloc(50 * 1024 * 1024)]), "image/jpeg"]]
    for (const [name, bytes, type] of hostile) expect([name, told(await picture(client, me.token, bytes, type))]).toEqual([name, `${ERRORS.PICTURE_INVALID.status} PICTURE_INVALID`])
    expect((await picture(client, "nobody", await photo())).status).toBe(401)
    expect(await rowsOf(client.tenant.id, "review_picture")).toEqual([])
  })

  it("is one of sixty a day, also where many come at once, and waits a day for its review", async () => {
    const { client, shop } = await newShop()
    const me = await signIn(client, newPhone())
    const line = await received(client, shop, me)
    const first = await sentPicture(client, me)
    for (let i = 0; i < 57; i++) await sentPicture(client, me)
    const bytes = await photo()
    const last = await Promise.all([1, 2, 3, 4].map(() => picture(client, me.token, bytes)))
    expect(last.map(told).sort()).toEqual(["200", "200", "429 REVIEW_TOO_MANY", "429 REVIEW_TOO_MANY"])
    await passTime(client.tenant.id, DAY)
    expect(told(await write(client, me, line, { picture_ids: [first.id] }))).toBe("400 REQUEST_INVALID")
    expect(told(await picture(client, me.token, bytes))).toBe("200")
    expect(await rowsOf(client.tenant.id, "review_picture")).toHaveLength(1)
    expect((await fetch(`${host.url}${first.url}`, { headers: { "x-tenant": client.tenant.id } })).status).toBe(404)
  }, 60_000)
})

describe("what was written", () => {
  it("is added to once, answered and answered anew", async () => {
    const { client, shop } = await newShop()
    const [me, other] = [await signIn(client, newPhone()), await signIn(client, newPhone())]
    await write(client, me, await received(client, shop, me))
    const id = (await shown(client, shop)).reviews[0]?.id ?? ""
    const more = (text: string, token = me.token) => send(client, `${ME}/reviews/${id}/follow-up`, { text }, token)
    expect(told(await more("还行", other.token))).toBe("404 NOT_FOUND")
    expect((await Promise.all([more("放了一周还脆"), more("放了一周还脆")])).map(told)).toEqual(["200", "200"])
    expect(told(await more("别的"))).toBe("409 REVIEW_FOLLOWED_UP")
    expect((await desk(client, "unanswered")).counts).toMatchObject({ unanswered: 1, reported: 0, all: 1, hidden: 0 })
    await client.post(`${W}/reviews/${id}/reply`, { text: "谢谢" })
    await client.post(`${W}/reviews/${id}/reply`, { text: "谢谢惠顾" })
    expect((await shown(client, shop)).reviews).toMatchObject([{ follow_up: "放了一周还脆", reply: "谢谢惠顾" }])
    expect((await desk(client, "unanswered")).reviews).toEqual([])
  })

  it("is hidden for a reason its author reads, leaves the figures, and can come back", async () => {
    const { client, shop } = await newShop()
    const me = await signIn(client, newPhone())
    await write(client, me, await received(client, shop, me), { stars: 1 })
    const id = (await shown(client, shop)).reviews[0]?.id ?? ""
    expect(told(await client.call({ method: "POST", path: `${W}/reviews/${id}/hide`, body: { reason: "bad" } }))).toBe("400 REQUEST_INVALID")
    expect(told(await send(client, `${W}/reviews/${id}/hide`, { reason: "advert" }, await hire(client, "clerk")))).toBe("403 FORBIDDEN")
    await client.post(`${W}/reviews/${id}/hide`, { reason: "advert" })
    expect(await shown(client, shop)).toMatchObject({ count: 0, reviews: [], summary: { count: 0, average: null } })
    expect((await client.ok<{ reviews: object[] }>({ path: `${ME}/reviews`, token: me.token })).reviews).toMatchObject([{ state: "hidden", hidden_reason: "advert" }])
    await client.post(`${W}/reviews/${id}/show`, {})
    expect((await shown(client, shop)).summary).toMatchObject({ count: 1, average: 1 })
  })

  it("is reported once a member, also at once, not by its author, and settled by keeping or hiding it", async () => {
    const { client, shop } = await newShop()
    const [me, other, third] = [await signIn(client, newPhone()), await signIn(client, newPhone()), await signIn(client, newPhone())]
    await write(client, me, await received(client, shop, me))
    const id = (await shown(client, shop)).reviews[0]?.id ?? ""
    const report = ({ token }: SignedInMember, reason = "abuse") => send(client, `${ME}/reviews/${id}/reports`, { reason }, token)
    expect(told(await report(me))).toBe("400 NOT_ALLOWED")
    expect(told(await report(other, "because"))).toBe("400 REQUEST_INVALID")
    expect((await Promise.all([report(other), report(other), report(other, "other")])).map(told)).toEqual(["200", "200", "200"])
    await report(third, "advert")
    expect(await rowsOf(client.tenant.id, "review_report")).toHaveLength(2)
    expect(await desk(client, "reported")).toMatchObject({ counts: { reported: 1 }, reviews: [{ id, reports: [{}, { reason: "advert" }] }] })
    await client.post(`${W}/reviews/${id}/keep`, {})
    expect((await desk(client, "reported")).reviews).toEqual([])
    expect(told(await report(other))).toBe("200")
    expect((await desk(client, "reported")).counts.reported).toBe(0)
  })

  it("drops the shop's kept pages when it is written, answered or hidden", async () => {
    const { client, shop } = await newShop()
    const me = await signIn(client, newPhone())
    const line = await received(client, shop, me)
    const revision = async () => Number((await asOwner<{ revision: string }>(host.ownerUrl, "select revision from tenancy.tenant where id = $1", [client.tenant.id]))[0]?.revision)
    const raises = async (work: () => Promise<unknown>) => {
      const before = await revision()
      await work()
      return (await revision()) > before
    }
    expect(await raises(() => write(client, me, line))).toBe(true)
    const id = (await shown(client, shop)).reviews[0]?.id ?? ""
    expect(await raises(() => client.post(`${W}/reviews/${id}/reply`, { text: "谢谢" }))).toBe(true)
    expect(await raises(() => client.post(`${W}/reviews/${id}/hide`, { reason: "private" }))).toBe(true)
  })
})

describe("a merchant's staff", () => {
  it("sees and answers reviews of what that merchant sold, and none of another's or the shop's own", async () => {
    const { client, shop } = await newShop()
    const [one, two] = await Promise.all(["one", "two"].map(async (handle) => (await client.post<{ merchant: { id: string } }>(`${W}/merchants`, { name: handle, handle })).merchant.id))
    await client.post(`${W}/merchants/${one}/products`, { product_ids: [shop.product.id] })
    const me = await signIn(client, newPhone())
    await write(client, me, await received(client, shop, me))
    const id = (await shown(client, shop)).reviews[0]?.id ?? ""
    const [own, others] = [await hire(client, "owner", one ?? ""), await hire(client, "owner", two ?? "")]
    expect((await desk(client, "unanswered", own)).reviews).toMatchObject([{ id }])
    expect(await desk(client, "all", others)).toMatchObject({ reviews: [], counts: { all: 0, unanswered: 0 } })
    for (const [step, body] of [["reply", { text: "谢谢" }], ["hide", { reason: "abuse" }], ["show", {}], ["keep", {}]] as const) expect(told(await send(client, `${W}/reviews/${id}/${step}`, body, others))).toBe("404 NOT_FOUND")
    // Who sold it answers for it, whoever sells the product later.
    await client.post(`${W}/merchants/${two}/products`, { product_ids: [shop.product.id] })
    expect((await desk(client, "all", others)).reviews).toEqual([])
    expect(told(await send(client, `${W}/reviews/${id}/reply`, { text: "谢谢" }, own))).toBe("200")
    expect((await desk(client, "all")).reviews).toMatchObject([{ id, reply: "谢谢" }])
  })
})

describe("a member's data", () => {
  it("has their reviews in it, and an erased account leaves the stars alone", async () => {
    const { client, shop } = await newShop()
    const phone = newPhone()
    const [me, other] = [await signIn(client, phone), await signIn(client, newPhone())]
    await client.post(`${ME}`, { first_name: "顾清欢" }, { token: me.token })
    const sent = await sentPicture(client, me)
    await write(client, me, await received(client, shop, me), { stars: 2, text: "顾家的苹果", picture_ids: [sent.id] })
    await write(client, other, await received(client, shop, other), { stars: 5, text: "别人的" })
    const id = (await shown(client, shop, "?stars=2")).reviews[0]?.id ?? ""
    await client.post(`${W}/reviews/${id}/reply`, { text: "顾小姐您好" })
    const exported = await client.ok<{ reviews: object[] }>({ path: `${ME}/export`, token: me.token })
    expect(exported.reviews).toMatchObject([{ text: "顾家的苹果", stars: 2, pictures: [{ url: sent.url }] }])
    await passTime(client.tenant.id, 60_000)
    await client.post("/store/members/erasure/code", {}, { token: me.token })
    await client.post("/store/members/erasure", { code: await latestCode(client.tenant.id, phone) }, { token: me.token })
    const left = await shown(client, shop, "?stars=2")
    expect(left).toMatchObject({ summary: { count: 2, average: 3.5, with_pictures: 0 }, reviews: [{ text: "", author_name: null, erased: true, pictures: [], reply: null }] })
    expect(JSON.stringify(await rowsOf(client.tenant.id, "review"))).not.toMatch(new RegExp(`顾|${me.customer_id}`))
    expect(await rowsOf(client.tenant.id, "review_picture")).toEqual([])
    expect((await fetch(`${host.url}${sent.url}`, { headers: { "x-tenant": client.tenant.id } })).status).toBe(404)
    expect((await shown(client, shop, "?stars=5")).reviews).toMatchObject([{ text: "别人的" }])
  })
})
