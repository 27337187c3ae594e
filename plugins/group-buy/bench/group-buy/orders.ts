import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import type { BenchDatabase } from "@fangshi/bench/src/bench/tenancy/children"
import { ShopClient, type SharedHost, type TestTenant, asOwner, control, createTenant, registerCustomer, startHostProcess, stockShop } from "@fangshi/testing"

export const GROUP = 1_000
/** Milliseconds after which a group that is not done is given up. */
const PATIENCE = 180_000
const PRICE = 2_990
const W = "/admin/workbench/group-buy"

type Made = { client: ShopClient; tenant: TestTenant; variant_id: string; leader_id: string; customer_id: string }

/**
 * Seconds from the close of a group of GROUP paid participations, one piece each, to its last order, in a running host, for
 * `rounds` groups whose money the provider had taken already, and for as many whose money is taken with the order.
 */
export async function ordering({ ownerUrl, appUrl }: BenchDatabase, rounds: number): Promise<{ captured: number[]; authorized: number[] }> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "fangshi-bench-"))
  const host = await startHostProcess({ appUrl }, { FANGSHI_DATA: dataDir })
  try {
    const made = await openShop({ url: host.url, controlUrl: host.controlUrl, ownerUrl, appUrl }, rounds * 2 * GROUP)
    const [captured, authorized]: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds; round++) {
      captured.push(await oneGroup(ownerUrl, made, `c${round}`, true))
      authorized.push(await oneGroup(ownerUrl, made, `a${round}`, false))
    }
    return { captured, authorized }
  } finally {
    await host.kill()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function openShop(shared: SharedHost, pieces: number): Promise<Made> {
  const tenant = await createTenant("groups", shared)
  await control({ op: "plugins", id: tenant.id, plugins: ["group-buy"] }, shared)
  const client = new ShopClient(shared, tenant)
  const stock = await stockShop(client, "果园", pieces)
  const token = await registerCustomer(client, "leader@bench.example")
  const { customer } = await client.ok<{ customer: { id: string } }>({ path: "/store/customers/me", token })
  const application = { leader_name: "李姐", phone: "13900001111", point_name: "一号点", province: "浙江省", city: "杭州市", district: "余杭区", address: "古墩路 1 号", latitude: 30.3, longitude: 120.1 }
  const { leader } = await client.post<{ leader: { leader_id: string } }>("/store/group-buy/leader", application, { token })
  await client.post(`${W}/leaders/${leader.leader_id}`, { decision: "approve" })
  return { client, tenant, variant_id: stock.variant.id, leader_id: leader.leader_id, customer_id: customer.id }
}

async function oneGroup(ownerUrl: string, made: Made, word: string, captured: boolean): Promise<number> {
  const { client, tenant, variant_id } = made
  const now = Date.now()
  const { campaign } = await client.post<{ campaign: { id: string; items: { id: string }[] } }>(`${W}/campaigns`, {
    kind: "community", opens_at: new Date(now - 60_000).toISOString(), closes_at: new Date(now + 7_200_000).toISOString(), condition: { by: "people", target: 1 }, items: [{ variant_id, unit_price_amount: PRICE, stock: GROUP }],
  })
  await client.post(`${W}/campaigns/${campaign.id}/open`, {})
  await fill(ownerUrl, made, word, campaign.id, campaign.items[0]?.id ?? "", captured)
  const from = performance.now()
  await client.post(`${W}/campaigns/${campaign.id}/close`, {})
  for (;;) {
    const [row] = await asOwner<{ n: string }>(ownerUrl, "select count(*) as n from group_buy_participation where tenant_id = $1 and campaign_id = $2 and status = 'confirmed' and order_id is not null", [tenant.id, campaign.id])
    const took = performance.now() - from
    if (Number(row?.n) === GROUP) return took / 1_000
    if (took > PATIENCE) throw new Error(`${row?.n ?? 0} of ${GROUP} orders after ${PATIENCE / 1_000} s`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** A full group as it is after everybody paid, without going through Medusa a thousand times. */
async function fill(ownerUrl: string, { tenant, leader_id, customer_id }: Made, word: string, campaign_id: string, item_id: string, captured: boolean): Promise<void> {
  const sql = (text: string, ...values: unknown[]) => asOwner(ownerUrl, text, [tenant.id, word, ...values])
  const from = `from generate_series(1, ${GROUP}) n where $1 <> $2`
  const money = (name: string) => `${PRICE / 100} as ${name}, jsonb_build_object('value', '${PRICE / 100}', 'precision', 20) as raw_${name}`
  await sql(`insert into payment_collection (tenant_id, id, currency_code, status, amount, raw_amount) select $1, 'pay_col_' || $2 || n, 'cny', 'authorized', ${money("amount")} ${from}`)
  await sql(`insert into payment_session (tenant_id, id, currency_code, provider_id, payment_collection_id, status, data, amount, raw_amount) select $1, 'payses_' || $2 || n, 'cny', 'pp_system_default', 'pay_col_' || $2 || n, 'authorized', '{}', ${money("amount")} ${from}`)
  await sql(`insert into payment (tenant_id, id, currency_code, provider_id, payment_collection_id, payment_session_id, captured_at, amount, raw_amount, data) select $1, 'pay_' || $2 || n, 'cny', 'pp_system_default', 'pay_col_' || $2 || n, 'payses_' || $2 || n, ${captured ? "now()" : "null"}, ${money("amount")}, '{}' ${from}`)
  if (captured) await sql(`insert into capture (tenant_id, id, payment_id, amount, raw_amount) select $1, 'capt_' || $2 || n, 'pay_' || $2 || n, ${money("amount")} ${from}`)
  await sql(`insert into plugin_payment (tenant_id, id, plugin, key, customer_id, amount, currency_code, provider_id, payment_collection_id, payment_session_id) select $1, 'plpay_' || $2 || n, 'group-buy', 'gbpart_' || $2 || n, $3, ${PRICE}, 'cny', 'pp_system_default', 'pay_col_' || $2 || n, 'payses_' || $2 || n ${from}`, customer_id)
  await sql(
    `insert into group_buy_participation (tenant_id, id, campaign_id, customer_id, leader_id, status, pieces, amount, currency_code, hold_expires_at, idempotency_key, items_wanted, items_reserved, payment_id, ship_name, ship_phone, ship_province, ship_city, ship_district, ship_address, joined_at, paid_at)
     select $1, 'gbpart_' || $2 || n, $3, $4, $5, 'paid', 1, ${PRICE}, 'cny', now() + interval '15 minutes', $2 || '-' || n, 1, 1, 'plpay_' || $2 || n, '王小米', '13800001111', '浙江省', '杭州市', '余杭区', '古墩路 1 号', now(), now() ${from}`,
    campaign_id, customer_id, leader_id,
  )
  await sql(`insert into group_buy_line (tenant_id, participation_id, item_id, quantity, unit_price) select $1, 'gbpart_' || $2 || n, $3, 1, ${PRICE} ${from}`, item_id)
  await sql("insert into group_buy_buyer (tenant_id, campaign_id, customer_id, pieces) select $1, $3, $4, $5 where $1 <> $2", campaign_id, customer_id, GROUP)
  await sql("update group_buy_campaign_item set sold = $4 where tenant_id = $1 and id = $3 and $1 <> $2", item_id, GROUP)
  await sql("update group_buy_campaign set paid_people = 1, paid_pieces = $4::bigint, paid_amount = $4::bigint * $5 where tenant_id = $1 and id = $3 and $1 <> $2", campaign_id, GROUP, PRICE)
}
