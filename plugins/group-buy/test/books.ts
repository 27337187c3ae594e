import { bindPoolToTenants, runInTenant, shareConnectionInUnits } from "@fangshi/kernel"
import { PluginPortsDouble, type TestDatabase, asOwner, cloneDatabase } from "@fangshi/testing"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys, ModulesSdkUtils } from "@medusajs/framework/utils"
import { randomBytes } from "node:crypto"
import { type CampaignInput, type GroupBuySettings, settings } from "../src/contract"
import { createCampaign, openCampaign } from "../src/modules/group-buy/campaigns"
import type { Ctx } from "../src/modules/group-buy/ctx"
import { GroupBuyService, type Row } from "../src/modules/group-buy/service"

export type Books = { open: (word?: string) => TestShop; rows: <R extends object = Row>(sql: string, values?: unknown[]) => Promise<R[]>; close: () => Promise<void> }

/** A shop by its id alone, on the real tables under the role of production, with the kernel's ports in memory. */
export type TestShop = { id: string; double: PluginPortsDouble<GroupBuySettings>; ctx: Ctx; as: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>; campaign: (more?: Partial<CampaignInput>) => Promise<string> }

export const START = new Date("2026-03-01T08:00:00Z")
export const minutes = (n: number): Date => new Date(START.getTime() + n * 60_000)
export const CONTACT = { name: "王小米", phone: "13800001111" }
export const HOME = { ...CONTACT, province: "浙江省", city: "杭州市", district: "余杭区", address: "良渚街道 1 号" }

export async function openBooks(connections = 12): Promise<Books> {
  const database: TestDatabase = await cloneDatabase()
  const knex = ModulesSdkUtils.createPgConnection({ clientUrl: database.appUrl, schema: "public", driverOptions: { connection: { ssl: false } }, pool: { min: 1, max: connections } }) as unknown as Knex
  bindPoolToTenants(knex)
  shareConnectionInUnits(knex)
  const db = new GroupBuyService({ [ContainerRegistrationKeys.PG_CONNECTION]: knex })
  return {
    open: (word = "t") => newShop(`${word}-${randomBytes(4).toString("hex")}`, db),
    rows: (sql, values) => asOwner(database.ownerUrl, sql, values),
    close: async () => {
      await knex.destroy()
      await database.drop()
    },
  }
}

function newShop(id: string, db: GroupBuyService): TestShop {
  const double = new PluginPortsDouble<GroupBuySettings>(settings.parse({}))
  double.now = minutes(0)
  for (const n of [1, 2, 3]) {
    double.variants.set(`variant_${n}`, { id: `variant_${n}`, title: { "zh-CN": `${n} 斤装`, en: `${n} jin` }, product_id: `prod_${n}`, product_title: { "zh-CN": `草莓${n}`, en: `Strawberries ${n}` }, product_handle: `p${n}`, thumbnail: `/static/${n}.webp`, sku: `SKU-${n}`, price_amount: 1_000 * n, currency_code: "cny", available: 10_000 })
  }
  const ctx: Ctx = { db, ports: double.ports }
  const as = <T>(work: (ctx: Ctx) => Promise<T>) => runInTenant(id, () => work(ctx))
  const campaign = (more: Partial<CampaignInput> = {}) =>
    as(async () => {
      if (more.kind !== "team") await approvedLeader(ctx, `gblead_${id}`)
      const made = await createCampaign(ctx, {
        kind: "community",
        opens_at: minutes(0).toISOString(),
        closes_at: minutes(600).toISOString(),
        condition: { by: "people", target: 2 },
        step_by: "people",
        virtual_completion: false,
        items: [{ variant_id: "variant_1", unit_price_amount: 1_000, stock: 50, steps: [] }],
        ...more,
      })
      await openCampaign(ctx, made)
      return made
    })
  return { id, double, ctx, as, campaign }
}

export async function approvedLeader({ db }: Ctx, id: string): Promise<string> {
  await db.rows(
    `insert into group_buy_leader (id, customer_id, status, leader_name, phone, point_name, province, city, district, address, latitude, longitude, commission_basis_points, applied_at)
     values (?, ?, 'approved', '李姐', '13900001111', '良渚一号点', '浙江省', '杭州市', '余杭区', '古墩路 1 号', 30.3, 120.1, 500, now()) on conflict do nothing`,
    [id, `cus_${id}`],
  )
  return id
}

export const itemsOf = async ({ db }: Ctx, campaign_id: string): Promise<{ id: string; stock: number; reserved: number; sold: number }[]> =>
  (await db.rows("select * from group_buy_campaign_item where campaign_id = ? order by position", [campaign_id])).map((row) => ({ id: row.id as string, stock: Number(row.stock), reserved: Number(row.reserved), sold: Number(row.sold) }))

/** Does the same again and again, one after the other. */
export async function times(n: number, work: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < n; i++) await work()
}
