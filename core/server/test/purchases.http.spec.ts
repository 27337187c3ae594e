import { type HostProcess, type SharedHost, ShopClient, asOwner, cloneDatabase, createTenant, fillCart, sharedHost, startHostProcess, stockShop } from "@fangshi/testing"

type Shop = { client: ShopClient; stock: Awaited<ReturnType<typeof stockShop>> }

async function shopWith(pieces: number, host = sharedHost()): Promise<Shop> {
  const client = new ShopClient(host, await createTenant("p", host))
  return { client, stock: await stockShop(client, "apfel", pieces) }
}

const complete = ({ client }: Shop, cart: { id: string }) => client.call({ method: "POST", path: `/store/carts/${cart.id}/complete`, body: {}, token: null })
const orderOf = (answer: { body: { [key: string]: unknown } }) => (answer.body.order as { id: string } | undefined)?.id

/** What the books of a shop say, whatever route made them. */
async function books({ client, stock }: Shop, { ownerUrl } = sharedHost()) {
  const count = (from: string) => `(select count(*)::int from ${from} where tenant_id = $1 and deleted_at is null)`
  const [row] = await asOwner<Record<"orders" | "linked" | "reservations" | "payments" | "reserved", number>>(
    ownerUrl,
    `select ${count(`"order"`)} as orders, ${count("order_cart")} as linked, ${count("reservation_item")} as reservations, ${count("payment")} as payments,
       (select reserved_quantity::int from inventory_level where inventory_item_id = $2) as reserved`,
    [client.tenant.id, stock.inventoryItem],
  )
  return row
}

describe("completing a cart", () => {
  it("makes one order when the same cart is completed many times at once, and tells everybody of that one", async () => {
    const shop = await shopWith(10)
    const cart = await fillCart(shop.client, shop.stock, "twice")
    const answers = await Promise.all(Array.from({ length: 5 }, () => complete(shop, cart)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect(new Set(answers.map(orderOf)).size).toBe(1)
    expect(await books(shop)).toEqual({ orders: 1, linked: 1, reservations: 1, payments: 1, reserved: 1 })
  })

  it("sells the last pieces once when many want them at the same moment", async () => {
    const shop = await shopWith(3)
    const carts = await Promise.all(Array.from({ length: 6 }, (_, i) => fillCart(shop.client, shop.stock, `wants-${i}`)))
    const answers = await Promise.all(carts.map((cart) => complete(shop, cart)))
    expect(answers.map(({ status, body }) => (status === 200 ? "order" : String(body.code))).sort()).toEqual([...Array<string>(3).fill("STOCK_INSUFFICIENT"), ...Array<string>(3).fill("order")].sort())
    expect(await books(shop)).toMatchObject({ linked: 3, reservations: 3, payments: 3, reserved: 3 })
  })

  it("reserves for several pieces what was put into the carts, whoever comes first", async () => {
    const shop = await shopWith(100)
    const carts = await Promise.all([1, 2, 3, 4].map((quantity) => fillCart(shop.client, shop.stock, `takes-${quantity}`, { quantity })))
    const answers = await Promise.all(carts.map((cart) => complete(shop, cart)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(await books(shop)).toMatchObject({ orders: 4, reservations: 4, reserved: 10 })
  })

  it("loses no piece when the merchant counts the stock anew at the same moment", async () => {
    const shop = await shopWith(50)
    const carts = await Promise.all(Array.from({ length: 4 }, (_, i) => fillCart(shop.client, shop.stock, `counts-${i}`)))
    const recount = (stocked: number) =>
      shop.client.call({ method: "POST", path: `/admin/inventory-items/${shop.stock.inventoryItem}/location-levels/${shop.stock.location.id}`, body: { stocked_quantity: stocked } })
    const answers = await Promise.all([...carts.map((cart) => complete(shop, cart)), recount(60), recount(70)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200])
    expect(await books(shop)).toMatchObject({ orders: 4, reserved: 4 })
  })

  it("has one payment to collect, however many ask for it at once: those who come too early are told to ask again", async () => {
    const shop = await shopWith(10)
    const { regions } = await shop.client.ok<{ regions: { id: string }[] }>({ path: "/admin/regions" })
    const { cart } = await shop.client.post<{ cart: { id: string } }>("/store/carts", { region_id: regions[0]?.id, items: [{ variant_id: shop.stock.variant.id, quantity: 1 }] }, { token: null })
    const ask = () => shop.client.call({ method: "POST", path: "/store/payment-collections", body: { cart_id: cart.id }, token: null })
    const answers = await Promise.all(Array.from({ length: 6 }, ask))
    expect(answers.filter(({ status, body }) => status !== 200 && body.code !== "CONFLICT")).toEqual([])
    const collections = [...answers, await ask()].flatMap(({ body }) => (body.payment_collection as { id: string } | undefined)?.id ?? [])
    expect(collections.length).toBeGreaterThanOrEqual(2)
    expect(new Set(collections).size).toBe(1)
  })

  it("leaves a cart that cannot be completed as it was, ready to be mended and completed", async () => {
    const shop = await shopWith(5)
    const cart = await fillCart(shop.client, shop.stock, "mended", { quantity: 5 })
    const other = await fillCart(shop.client, shop.stock, "faster")
    expect((await complete(shop, other)).status).toBe(200)
    const refused = await complete(shop, cart)
    expect([refused.status, refused.body.code]).toEqual([400, "STOCK_INSUFFICIENT"])
    expect(await books(shop)).toMatchObject({ linked: 1, reservations: 1, payments: 1, reserved: 1 })
    const { cart: read } = await shop.client.ok<{ cart: { completed_at: string | null; items: { id: string }[] } }>({ path: `/store/carts/${cart.id}?fields=completed_at,*items`, token: null })
    expect(read.completed_at).toBeNull()
    await shop.client.post(`/store/carts/${cart.id}/line-items/${read.items[0]?.id ?? ""}`, { quantity: 4 }, { token: null })
    const { payment_collection } = await shop.client.post<{ payment_collection: { id: string } }>("/store/payment-collections", { cart_id: cart.id }, { token: null })
    await shop.client.post(`/store/payment-collections/${payment_collection.id}/payment-sessions`, { provider_id: "pp_system_default" }, { token: null })
    expect((await complete(shop, cart)).status).toBe(200)
    expect(await books(shop)).toMatchObject({ linked: 2, reserved: 5 })
  })
})

/** The engine writes down that a purchase is refused, and other steps of it end meanwhile. */
const SLOW_REFUSALS = `
  create function slow_refusal() returns trigger language plpgsql as $$ begin perform pg_sleep(0.5); return new; end $$;
  create trigger slow_refusal before insert or update on workflow_execution for each row when (new.state = 'waiting_to_compensate') execute function slow_refusal()`

describe("two processes on one database", () => {
  it("sell the last pieces once, make one order of one cart, and tell what was refused also where that is written down slowly", async () => {
    const database = await cloneDatabase()
    const running: HostProcess[] = []
    try {
      for (let i = 0; i < 2; i++) running.push(await startHostProcess(database))
      const [one, two] = running.map((host): SharedHost => ({ ...host, ownerUrl: database.ownerUrl, appUrl: database.appUrl }))
      if (!one || !two) throw new Error("no process")
      const shop = await shopWith(2, one)
      const sides = [shop, { ...shop, client: new ShopClient(two, shop.client.tenant) }]
      const carts = await Promise.all(Array.from({ length: 4 }, (_, i) => fillCart(shop.client, shop.stock, `both-${i}`)))
      const late = await fillCart(shop.client, shop.stock, "late")
      const answers = await Promise.all(carts.flatMap((cart) => sides.map((side) => complete(side, cart))))
      const orders = answers.filter(({ status }) => status === 200).map(orderOf)
      expect([orders.length, new Set(orders).size]).toEqual([4, 2])
      expect(answers.filter(({ status }) => status !== 200).map(({ body }) => body.code)).toEqual(Array(4).fill("STOCK_INSUFFICIENT"))
      await asOwner(database.ownerUrl, SLOW_REFUSALS)
      expect((await complete(shop, late)).body.code).toBe("STOCK_INSUFFICIENT")
      expect(await books(shop, one)).toMatchObject({ linked: 2, reservations: 2, payments: 2, reserved: 2 })
    } finally {
      await Promise.all(running.map((host) => host.kill()))
      await database.drop()
    }
  }, 120_000)
})
