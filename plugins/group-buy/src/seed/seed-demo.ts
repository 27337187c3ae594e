import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules, generateEntityId } from "@medusajs/framework/utils"
import { createCampaign, openCampaign } from "../modules/group-buy/campaigns"
import type { Ctx } from "../modules/group-buy/ctx"
import { joinCampaign } from "../modules/group-buy/join"
import { pay } from "../modules/group-buy/pay"
import { CAMPAIGNS, LEADERS } from "./demo-shop"

const DAY_MS = 86_400_000
const AREA = { province: "浙江省", city: "杭州市" }

/** Opens a demo shop's leaders, points and campaigns, with a few who have joined. Where there is a campaign it leaves everything. */
export async function seedDemo(ctx: Ctx, scope: Pick<MedusaContainer, "resolve">): Promise<void> {
  if ((await ctx.db.rows("select 1 from group_buy_campaign limit 1")).length) return
  const leaders = await seedLeaders(ctx, scope)
  const variants = (await ctx.db.rows<{ id: string }>(
    "select distinct on (p.id) v.id, p.id as product from product p join product_variant v on v.product_id = p.id and v.deleted_at is null where p.status = 'published' and p.deleted_at is null order by p.id, v.id limit 40",
  )).map(({ id }) => id)
  const goods = (await ctx.ports.catalogue.findVariants(variants)).filter(({ price_amount, available }) => (price_amount ?? 0) >= 500 && (available === null || available > 20))
  for (const plan of CAMPAIGNS) {
    const taken = goods.splice(0, plan.take)
    if (taken.length) await seedCampaign(ctx, scope, plan, taken, leaders)
  }
}

async function seedLeaders(ctx: Ctx, scope: Pick<MedusaContainer, "resolve">): Promise<string[]> {
  const ids: string[] = []
  for (const { leader_name, phone, point_name, address, district, latitude, longitude, level, basis_points } of LEADERS) {
    const id = generateEntityId(undefined, "gblead")
    await ctx.db.rows(
      `insert into group_buy_leader (id, customer_id, status, level, leader_name, phone, point_name, province, city, district, address, latitude, longitude, commission_basis_points, applied_at, decided_at)
       values (?, ?, 'approved', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [id, await customer(scope, leader_name, phone), level, leader_name, phone, point_name, AREA.province, AREA.city, district, address, latitude, longitude, basis_points, ctx.ports.clock.now(), ctx.ports.clock.now()],
    )
    ids.push(id)
  }
  return ids
}

const customer = async (scope: Pick<MedusaContainer, "resolve">, first_name: string, phone: string): Promise<string> =>
  (await scope.resolve(Modules.CUSTOMER).createCustomers({ first_name, phone, email: `${phone}@demo.example` })).id

type Goods = { id: string; price_amount: number | null; available: number | null }

async function seedCampaign(ctx: Ctx, scope: Pick<MedusaContainer, "resolve">, plan: (typeof CAMPAIGNS)[number], goods: readonly Goods[], leaders: readonly string[]): Promise<void> {
  const now = ctx.ports.clock.now()
  const team = plan.kind === "team"
  const id = await createCampaign(ctx, {
    kind: plan.kind,
    title: plan.title,
    description: plan.description,
    opens_at: now.toISOString(),
    closes_at: new Date(now.getTime() + plan.days * DAY_MS).toISOString(),
    condition: { by: "people", target: plan.target },
    step_by: "people",
    per_person_limit: plan.limit,
    ...(team ? { team_size: plan.target } : {}),
    virtual_completion: false,
    items: goods.map(({ id: variant_id, price_amount, available }) => {
      const price = price_amount ?? 0
      const steps = team ? [[plan.target, 75]] : [[plan.target, 90], [plan.target * 2, 80]]
      return { variant_id, unit_price_amount: price, stock: Math.min(plan.stock, Math.floor((available ?? plan.stock) / 2)), steps: steps.map(([from_count = 1, percent = 100]) => ({ from_count, unit_price_amount: Math.floor((price * percent) / 100) })) }
    }),
  })
  await openCampaign(ctx, id)
  const items = await ctx.db.rows<{ id: string }>("select id from group_buy_campaign_item where campaign_id = ? order by position", [id])
  for (const [n, [name, quantity]] of plan.joined.entries()) {
    const phone = `1385720${String(1_000 + CAMPAIGNS.indexOf(plan) * 100 + n)}`
    const item = items[n % items.length]
    if (!item) continue
    const where = team ? { open_team: true, ship_to: { ...AREA, name: String(name), phone, district: "西湖区", address: "翠苑一区 8 幢" } } : { open_team: false, leader_id: leaders[n % leaders.length] ?? "", contact: { name: String(name), phone } }
    const joined = await joinCampaign(ctx, { campaign_id: id, customer_id: await customer(scope, String(name), phone), idempotency_key: `seed:${id}:${n}`, items: [{ item_id: item.id, quantity: Number(quantity) }], ...where })
    await pay(ctx, joined)
  }
}
