import type { PlacedOrder } from "@fangshi/contracts"
import { ShopClient, asOwner, control, createTenant, registerCustomer, rowsOf, sharedHost, stockShop } from "@fangshi/testing"

const COUNT = 1_000

/** Payments as they are after a plugin captured them, without going through Medusa a thousand times. */
async function paid(tenant: string, customer_id: string): Promise<string[]> {
  const { ownerUrl } = sharedHost()
  const money = (name: string, amount: string) => `${amount} as ${name}, jsonb_build_object('value', ${amount}::text, 'precision', 20) as raw_${name}`
  const from = `from generate_series(1, ${COUNT}) n`
  await asOwner(ownerUrl, `insert into payment_collection (tenant_id, id, currency_code, status, amount, raw_amount, captured_amount, raw_captured_amount) select $1, 'pay_col_' || $1 || n, 'cny', 'completed', ${money("amount", "39.9")}, ${money("captured_amount", "39.9")} ${from}`, [tenant])
  await asOwner(ownerUrl, `insert into payment_session (tenant_id, id, currency_code, provider_id, payment_collection_id, status, data, amount, raw_amount) select $1, 'payses_' || $1 || n, 'cny', 'pp_system_default', 'pay_col_' || $1 || n, 'authorized', '{}', ${money("amount", "39.9")} ${from}`, [tenant])
  await asOwner(ownerUrl, `insert into payment (tenant_id, id, currency_code, provider_id, payment_collection_id, payment_session_id, captured_at, amount, raw_amount) select $1, 'pay_' || $1 || n, 'cny', 'pp_system_default', 'pay_col_' || $1 || n, 'payses_' || $1 || n, now(), ${money("amount", "39.9")} ${from}`, [tenant])
  await asOwner(ownerUrl, `insert into capture (tenant_id, id, payment_id, amount, raw_amount) select $1, 'capt_' || $1 || n, 'pay_' || $1 || n, ${money("amount", "39.9")} ${from}`, [tenant])
  const rows = await asOwner<{ id: string }>(
    ownerUrl,
    `insert into plugin_payment (tenant_id, id, plugin, key, customer_id, amount, currency_code, provider_id, payment_collection_id, payment_session_id)
     select $1, 'plpay_' || $1 || n, 'notes', n::text, $2, 3990, 'cny', 'pp_system_default', 'pay_col_' || $1 || n, 'payses_' || $1 || n ${from} returning id`,
    [tenant, customer_id],
  )
  return rows.map(({ id }) => id)
}

describe("a thousand orders of a plugin", () => {
  it("are placed in ten seconds, each once, with its pieces and its parcel", async () => {
    const tenant = await createTenant("po")
    const client = new ShopClient(sharedHost(), tenant)
    const stock = await stockShop(client, "apfel", COUNT)
    const token = await registerCustomer(client, "anna@buyer.example")
    const { customer } = await client.ok<{ customer: { id: string } }>({ path: "/store/customers/me", token })
    const orders = (await paid(tenant.id, customer.id)).map((payment_id, i) => ({
      key: String(i),
      customer_id: customer.id,
      lines: [{ variant_id: stock.variant.id, quantity: 1, unit_price_amount: 3990 }],
      payment_id,
      ship_to: { name: "王芳", phone: "13900000000", province: "云南省", address: "学府路3号" },
      delivery: { "zh-CN": "自提点", en: "Pick-up point" },
    }))
    const place = () => control<[PlacedOrder[]]>({ op: "ports", tenant: tenant.id, plugin: "notes", calls: [["orders.place", orders]] })
    const before = performance.now()
    const [placed] = await place()
    const seconds = (performance.now() - before) / 1_000
    expect(new Set(placed.map(({ display_id }) => display_id)).size).toBe(COUNT)
    expect((await place())[0]).toEqual(placed)
    expect((await rowsOf(tenant.id, "order")).length).toBe(COUNT)
    expect((await rowsOf(tenant.id, "parcel")).length).toBe(COUNT)
    const [level] = await rowsOf<{ reserved_quantity: string }>(tenant.id, "inventory_level")
    expect(Number(level?.reserved_quantity)).toBe(COUNT)
    const { order } = await client.ok<{ order: { total: number; payment_status: string } }>({ path: `/admin/orders/${placed.at(-1)?.order_id ?? ""}` })
    expect(order).toMatchObject({ total: 39.9, payment_status: "captured" })
    expect(seconds).toBeLessThan(10)
  })
})
