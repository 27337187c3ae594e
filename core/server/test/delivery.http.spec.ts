import type { OrderDelivery, Role, ShownPoint, ShownSlot, TenantManifest } from "@fangshi/contracts"
import { type Answer, ShopClient, control, createTenant, fillCart, latestCode, manifestOf, passTime, rowsOf, sharedHost, signIn, stockShop } from "@fangshi/testing"

type Shop = Awaited<ReturnType<typeof stockShop>>
type Options = { id: string; name: string }[]

const host = sharedHost()
const W = "/admin/workbench"
const HOUR = 3_600_000

let numbers = 0
const told = ({ status, body }: Answer) => (status < 300 ? String(status) : `${status} ${String(body.code)}`)
const both = (text: string) => ({ "zh-CN": text, en: text })

const option = (code: string, kind?: "pick_up" | "delivery") => ({ code, ...(kind ? { kind } : {}), name: { "zh-CN": code, en: code }, price_amount: 0 })
const point = (code: string, latitude: number, district = "余杭区") => ({ code, name: both(code), province: "浙江省", city: "杭州市", district, address: both(`${code}路1号`), latitude, longitude: 120, opening_hours: both("8:00–21:00"), phone: "0571-5550-1201" })
const slot = (code: string, more: object = {}) => ({ code, weekdays: [1, 2, 3, 4, 5, 6, 7], from: "10:00", to: "12:00", capacity: 1, cut_off_minutes: 0, ...more })
const DELIVERS: Partial<TenantManifest> = {
  shipping_options: [option("pick", "pick_up"), option("bring", "delivery"), option("post")],
  pick_up_points: [point("near", 30.1), point("far", 30.9), point("west", 30.5, "西湖区")],
  delivery_slots: [slot("morning")],
}

type World = { client: ShopClient; shop: Shop; use: (code: string) => Shop; apply: (more: Partial<TenantManifest>) => Promise<unknown> }

async function newShop(more: Partial<TenantManifest> = {}): Promise<World> {
  const tenant = await createTenant("delivery")
  const client = new ShopClient(host, tenant)
  const apply = (changed: Partial<TenantManifest>) => control({ op: "apply", manifest: manifestOf(tenant.id, { ...DELIVERS, ...changed }), password: tenant.password })
  await apply(more)
  const shop = await stockShop(client, "果园")
  const { shipping_options } = await client.ok<{ shipping_options: Options }>({ path: "/admin/shipping-options" })
  const use = (code: string) => ({ ...shop, shippingOption: shipping_options.find(({ name }) => name === code)?.id ?? "" })
  return { client, shop, use, apply }
}

const pointsOf = async (client: ShopClient, query = "") => (await client.ok<{ pick_up_points: ShownPoint[] }>({ path: `/store/pick-up-points${query}` })).pick_up_points
const slotsOf = async (client: ShopClient) => (await client.ok<{ delivery_slots: ShownSlot[] }>({ path: "/store/delivery-slots" })).delivery_slots
const choose = (client: ShopClient, cart: { id: string }, body: object) => client.call({ method: "POST", path: `/store/carts/${cart.id}/delivery`, body })
const choosePoint = (client: ShopClient, cart: { id: string }, pick_up_point_id = "") => choose(client, cart, { kind: "pick_up", pick_up_point_id })
const chooseSlot = (client: ShopClient, cart: { id: string }, at: ShownSlot | undefined) => choose(client, cart, { kind: "delivery", delivery_slot_id: at?.delivery_slot_id ?? "", day: at?.day ?? "" })
const complete = (client: ShopClient, cart: { id: string }) => client.call({ method: "POST", path: `/store/carts/${cart.id}/complete`, body: {} })
const orderOf = ({ body }: Answer) => (body.order as unknown as { id: string }).id
const wordOf = () => `buyer${++numbers}`

/** A variant that is not counted: buying it waits for no shelf. */
async function variantOf({ client, shop }: World): Promise<{ id: string }> {
  const title = wordOf()
  const { product } = await client.post<{ product: { variants: { id: string }[] } }>("/admin/products", {
    title, status: "published", shipping_profile_id: shop.profile.id, options: [{ title: "规格", values: ["份"] }], sales_channels: [{ id: shop.channel.id }],
    variants: [{ title: "份", options: { 规格: "份" }, manage_inventory: false, prices: [{ amount: 9.9, currency_code: "cny" }] }],
  })
  return product.variants[0] ?? { id: "" }
}

/** A cart that lacks nothing, with this slot chosen. */
async function cartFor(world: World, at: ShownSlot | undefined): Promise<{ id: string }> {
  const { client, use } = world
  const cart = await fillCart(client, { ...use("bring"), variant: await variantOf(world) }, wordOf())
  expect(told(await chooseSlot(client, cart, at))).toBe("200")
  return cart
}

describe("pick-up points", () => {
  it("come nearest first for who says where they are, and else those of the address first; nobody else's are among them", async () => {
    const [{ client }, other] = [await newShop(), await newShop({ pick_up_points: [point("elsewhere", 30.1)] })]
    const names = (points: ShownPoint[]) => points.map(({ name }) => name.en)
    const near = await pointsOf(client, "?latitude=30.52&longitude=120")
    expect(names(near)).toEqual(["west", "far", "near"])
    expect(near[0]?.distance_m).toBe(2_224)
    const byAddress = await pointsOf(client, `?province=浙江省&city=杭州市&district=西湖区`)
    expect(names(byAddress)[0]).toBe("west")
    expect(byAddress[0]?.distance_m).toBeNull()
    expect(names(await pointsOf(other.client))).toEqual(["elsewhere"])
    for (const wrong of ["?latitude=91&longitude=0", "?latitude=x&longitude=0", "?latitude=0&longitude=181"]) expect(told(await client.call({ path: `/store/pick-up-points${wrong}` }))).toBe("400 REQUEST_INVALID")
  })

  it("must be chosen where goods are collected; another shop's is unknown, and what was chosen stands on the order for its buyer, as it was then", async () => {
    const [a, b] = [await newShop(), await newShop()]
    const { client } = a
    const [foreign] = await pointsOf(b.client)
    const near = (await pointsOf(client)).find(({ name }) => name.en === "near")
    const member = await signIn(client, `138${String(30_000_000 + ++numbers)}`)
    const cart = await fillCart(client, a.use("pick"), wordOf(), { token: member.token })
    expect(told(await complete(client, cart))).toBe("422 PICK_UP_POINT_NEEDED")
    expect(told(await choosePoint(client, cart, foreign?.id))).toBe("404 NOT_FOUND")
    expect(told(await choosePoint(b.client, cart, foreign?.id))).toBe("404 NOT_FOUND")
    expect(told(await choosePoint(client, cart, near?.id))).toBe("200")
    const done = await complete(client, cart)
    expect(told(done)).toBe("200")
    await a.apply({ pick_up_points: [{ ...point("near", 30.1), name: both("moved") }] })
    const path = `/store/orders/${orderOf(done)}/delivery`
    const { delivery } = await client.ok<{ delivery: OrderDelivery }>({ path, token: member.token })
    expect(delivery).toMatchObject({ kind: "pick_up", point: { name: both("near"), address: both("near路1号"), opening_hours: both("8:00–21:00") } })
    expect(told(await client.call({ path }))).toBe("404 NOT_FOUND")
    expect(told(await b.client.call({ path, token: member.token }))).toBe("404 NOT_FOUND")
    expect(told(await choosePoint(client, cart, near?.id))).toBe("404 NOT_FOUND")
    const { parcels } = await client.ok<{ parcels: { delivery: OrderDelivery }[] }>({ path: `${W}/parcels?state=new` })
    expect(parcels.map((parcel) => parcel.delivery)).toEqual([delivery])
    const { deliveries } = await client.ok<{ deliveries: unknown[] }>({ path: "/store/members/me/export", token: member.token })
    expect(deliveries).toEqual([{ order_id: orderOf(done), ...delivery }])
  })

  it("that close before the order is placed are refused, and a way of delivery that asks for nothing gets nothing", async () => {
    const { client, use } = await newShop()
    const [first] = await pointsOf(client)
    const cart = await fillCart(client, use("pick"), wordOf())
    await choosePoint(client, cart, first?.id)
    const { id, distance_m: _none, ...fields } = first as ShownPoint
    await client.post(`${W}/pick-up-points/${id}`, { ...fields, open: false })
    expect(told(await complete(client, cart))).toBe("409 PICK_UP_POINT_CLOSED")
    expect((await pointsOf(client)).map((each) => each.id)).not.toContain(id)
    await client.post(`/store/carts/${cart.id}/shipping-methods`, { option_id: use("post").shippingOption })
    const done = await complete(client, cart)
    expect(told(done)).toBe("200")
    expect(await rowsOf(client.tenant.id, "order_delivery")).toEqual([])
  })
})

describe("the last place of a slot", () => {
  it("goes to one of two buyers who pay at once; the other's cart is whole and is ordered for another day", async () => {
    const world = await newShop()
    const { client } = world
    const [first, second] = await slotsOf(client)
    const carts = [await cartFor(world, first), await cartFor(world, first), await cartFor(world, first)]
    const answers = await Promise.all(carts.map((cart) => complete(client, cart)))
    expect(answers.map(told).sort()).toEqual(["200", "409 DELIVERY_SLOT_FULL", "409 DELIVERY_SLOT_FULL"])
    const loser = carts[answers.findIndex(({ status }) => status === 409)] ?? { id: "" }
    expect((await slotsOf(client)).find(({ day }) => day === first?.day)?.left).toBe(0)
    const { cart } = await client.ok<{ cart: { completed_at: string | null; items: unknown[]; shipping_methods: unknown[] } }>({ path: `/store/carts/${loser.id}?fields=id,completed_at,*items,*shipping_methods` })
    expect([cart.completed_at, cart.items.length, cart.shipping_methods.length]).toEqual([null, 1, 1])
    expect(told(await chooseSlot(client, loser, first))).toBe("409 DELIVERY_SLOT_FULL")
    expect(told(await chooseSlot(client, loser, second))).toBe("200")
    const done = await complete(client, loser)
    expect(told(done)).toBe("200")
    expect((await complete(client, loser)).body.order).toMatchObject({ id: orderOf(done) })
  })

  it("is free again once the order is cancelled, and not while it is only chosen", async () => {
    const world = await newShop()
    const { client } = world
    const [first] = await slotsOf(client)
    const [one, two] = [await cartFor(world, first), await cartFor(world, first)]
    expect((await slotsOf(client))[0]?.left).toBe(1)
    const done = await complete(client, one)
    expect(told(await complete(client, two))).toBe("409 DELIVERY_SLOT_FULL")
    await client.post(`/admin/orders/${orderOf(done)}/cancel`, {})
    expect((await slotsOf(client))[0]?.left).toBe(1)
    expect(told(await complete(client, two))).toBe("200")
    expect((await slotsOf(client)).find(({ day }) => day === first?.day)?.left).toBe(0)
  })

  it("of one shop is none of another's", async () => {
    const [a, b] = [await newShop(), await newShop()]
    const [[ofA], [ofB]] = [await slotsOf(a.client), await slotsOf(b.client)]
    expect(told(await complete(a.client, await cartFor(a, ofA)))).toBe("200")
    expect((await slotsOf(b.client))[0]?.left).toBe(1)
    const cart = await fillCart(a.client, a.use("bring"), wordOf())
    expect(told(await chooseSlot(a.client, cart, ofB))).toBe("404 NOT_FOUND")
    expect(told(await complete(a.client, cart))).toBe("422 DELIVERY_SLOT_NEEDED")
  })
})

describe("a slot", () => {
  it("is gone after its cut-off by the shop's clock, also for a cart that chose it before", async () => {
    const world = await newShop({ delivery_slots: [slot("evening", { capacity: 5, cut_off_minutes: 60 })] })
    const { client } = world
    const [first] = await slotsOf(client)
    const cart = await cartFor(world, first)
    await passTime(client.tenant.id, Date.parse(first?.starts_at ?? "") - Date.now() - HOUR - 60_000)
    expect((await slotsOf(client))[0]?.day).toBe(first?.day)
    await passTime(client.tenant.id, 120_000)
    expect((await slotsOf(client))[0]?.day).not.toBe(first?.day)
    expect(told(await complete(client, cart))).toBe("409 DELIVERY_SLOT_OVER")
    expect(told(await chooseSlot(client, cart, first))).toBe("409 DELIVERY_SLOT_OVER")
  })

  it("begins by the clock of the shop's own zone", async () => {
    const [shanghai, berlin] = [await newShop(), await newShop({ time_zone: "Europe/Berlin" })]
    const wall = (at: ShownSlot | undefined, timeZone: string) => new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(new Date(at?.starts_at ?? 0))
    for (const [{ client }, zone] of [[shanghai, "Asia/Shanghai"], [berlin, "Europe/Berlin"]] as const) {
      const [first] = await slotsOf(client)
      expect(wall(first, zone)).toBe(`${first?.day} 10:00`)
    }
  })

  it("stands on the order, and asking again for a completed cart gives the same order whatever the time is", async () => {
    const world = await newShop()
    const { client } = world
    const [first] = await slotsOf(client)
    const cart = await cartFor(world, first)
    const done = await complete(client, cart)
    await passTime(client.tenant.id, 30 * 24 * HOUR)
    expect(orderOf(await complete(client, cart))).toBe(orderOf(done))
    const { parcels } = await client.ok<{ parcels: { delivery: OrderDelivery }[] }>({ path: `${W}/parcels?state=new` })
    expect(parcels.map(({ delivery }) => delivery)).toEqual([{ kind: "delivery", starts_at: first?.starts_at, ends_at: first?.ends_at }])
  })

  it("is refused where the choice is malformed", async () => {
    const world = await newShop()
    const cart = await fillCart(world.client, world.use("bring"), wordOf())
    const [first] = await slotsOf(world.client)
    for (const wrong of [{}, { kind: "drone" }, { kind: "delivery", delivery_slot_id: first?.delivery_slot_id }, { kind: "delivery", delivery_slot_id: first?.delivery_slot_id, day: "soon" }, { kind: "pick_up", pick_up_point_id: "x", day: "2026-01-01" }]) expect([wrong, told(await choose(world.client, cart, wrong))]).toEqual([wrong, "400 REQUEST_INVALID"])
    expect(told(await choose(world.client, cart, { kind: "delivery", delivery_slot_id: first?.delivery_slot_id, day: "2020-01-01" }))).toBe("409 DELIVERY_SLOT_OVER")
  })
})

describe("the staff", () => {
  async function hire(client: ShopClient, role: Role, merchant_id: string | null = null): Promise<string> {
    const email = `staff${++numbers}@delivery.example`
    const { invitation } = await client.post<{ invitation: { token: string } }>(`${W}/invitations`, { role, merchant_id })
    await client.post("/store/staff-invitations", { token: invitation.token, name: "小王", email, password: "a-long-password" })
    return (await client.post<{ token: string }>("/auth/user/emailpass", { email, password: "a-long-password" })).token
  }
  const { code: _code, ...fields } = point("added", 30.2)
  const { code: _slot, ...times } = slot("added")

  it("of the whole shop adds, changes and closes points and slots, unless it is a clerk or a merchant's", async () => {
    const { client } = await newShop()
    const { merchant } = await client.post<{ merchant: { id: string } }>(`${W}/merchants`, { name: "水果行", handle: "fruit" })
    const [manager, clerk, merchants] = [await hire(client, "manager"), await hire(client, "clerk"), await hire(client, "owner", merchant.id)]
    for (const token of [clerk, merchants]) {
      expect(told(await client.call({ path: `${W}/delivery`, token }))).toBe("403 FORBIDDEN")
      expect(told(await client.call({ method: "POST", path: `${W}/pick-up-points`, body: fields, token }))).toBe("403 FORBIDDEN")
      expect(told(await client.call({ method: "POST", path: `${W}/delivery-slots`, body: times, token }))).toBe("403 FORBIDDEN")
    }
    const { pick_up_point } = await client.post<{ pick_up_point: { id: string } }>(`${W}/pick-up-points`, fields, { token: manager })
    const { delivery_slot } = await client.post<{ delivery_slot: { id: string } }>(`${W}/delivery-slots`, { ...times, weekdays: [6, 7], from: "18:30", to: "24:00" }, { token: manager })
    expect((await pointsOf(client)).map(({ id }) => id)).toContain(pick_up_point.id)
    await client.post(`${W}/delivery-slots/${delivery_slot.id}`, { ...times, weekdays: [7], open: false }, { token: manager })
    const list = await client.ok<{ pick_up_points: { id: string }[]; delivery_slots: { id: string; weekdays: number[]; open: boolean; from: string }[] }>({ path: `${W}/delivery`, token: manager })
    expect(list.delivery_slots.find(({ id }) => id === delivery_slot.id)).toMatchObject({ weekdays: [7], open: false, from: "10:00" })
    expect((await slotsOf(client)).map((each) => each.delivery_slot_id)).not.toContain(delivery_slot.id)
    expect(told(await client.call({ method: "POST", path: `${W}/pick-up-points/pup_none`, body: fields, token: manager }))).toBe("404 NOT_FOUND")
    for (const wrong of [{ latitude: 91 }, { name: { "zh-CN": "只有中文" } }, { phone: "call us" }, { district: "" }]) expect(told(await client.call({ method: "POST", path: `${W}/pick-up-points`, body: { ...fields, ...wrong } }))).toBe("400 REQUEST_INVALID")
    for (const wrong of [{ from: "12:00", to: "12:00" }, { weekdays: [] }, { weekdays: [8] }, { capacity: 0 }, { from: "9:00" }, { cut_off_minutes: -1 }]) expect(told(await client.call({ method: "POST", path: `${W}/delivery-slots`, body: { ...times, ...wrong } }))).toBe("400 REQUEST_INVALID")
  })

  it("keeps its changes when the same tenant.yaml is applied again; a changed entry wins, one left out closes, its own stay", async () => {
    const { client, apply } = await newShop()
    const own = await client.post<{ pick_up_point: { id: string } }>(`${W}/pick-up-points`, fields)
    const near = (await pointsOf(client)).find(({ name }) => name.en === "near") as ShownPoint
    const { id, distance_m: _none, ...rest } = near
    await client.post(`${W}/pick-up-points/${id}`, { ...rest, name: both("renamed") })
    const names = async () => (await pointsOf(client, "?latitude=30&longitude=120")).map(({ name }) => name.en)
    await apply({ brand: { slogan: both("新"), primary_colour: "#b3261e", accent_colour: "#f2a33a" } })
    expect(await names()).toEqual(["renamed", "added", "west", "far"])
    await apply({ pick_up_points: [point("near", 30.15), point("far", 30.9)] })
    expect(await names()).toEqual(["near", "added", "far"])
    await apply({})
    expect(await names()).toEqual(["near", "added", "west", "far"])
    expect((await pointsOf(client)).map((each) => each.id)).toEqual(expect.arrayContaining([id, own.pick_up_point.id]))
  })
})

describe("erasing an account", () => {
  it("leaves no trace of where its goods were collected", async () => {
    const { client, use } = await newShop()
    const phone = `138${String(30_000_000 + ++numbers)}`
    const me = await signIn(client, phone)
    const [first] = await pointsOf(client)
    const cart = await fillCart(client, use("pick"), wordOf(), { token: me.token })
    await choosePoint(client, cart, first?.id)
    const order = orderOf(await complete(client, cart))
    await client.post(`/store/members/me/orders/${order}/cancel`, {}, { token: me.token })
    await passTime(client.tenant.id, 120_000)
    await client.post("/store/members/erasure/code", {}, { token: me.token })
    await client.post("/store/members/erasure", { code: await latestCode(client.tenant.id, phone) }, { token: me.token })
    expect(await rowsOf(client.tenant.id, "order_delivery")).toMatchObject([{ kind: "pick_up", pick_up_point_id: null, point: null }])
  })
})
