import { generateEntityId } from "@medusajs/framework/utils"
import type { CampaignInput, Repeats } from "../../contract"
import { fail } from "../../fail"
import { areStepsFalling } from "../../rules/price"
import { mayCampaign } from "../../rules/states"
import type { Ctx } from "./ctx"
import { publishProgress } from "./live"
import { NEXT_ID } from "./next-id"
import { type CampaignRow, type ItemRow, type StepRow, campaignRow, itemRow, stepRow } from "./rows"

export type WholeCampaign = { campaign: CampaignRow; items: ItemRow[]; steps: StepRow[]; leader_ids: string[]; /** The cycle after it, once it is shown. */ next_id: string | null }

/** Writes a draft from the catalogue's products: titles and pictures as they are now. After a `previous_id` there is one: whoever comes second answers the first's. Throws GROUP_BUY_VARIANT_UNKNOWN, GROUP_BUY_STEPS_WRONG, GROUP_BUY_TIMES_WRONG. */
export async function createCampaign(ctx: Ctx, input: CampaignInput, previous_id: string | null = null): Promise<string> {
  const now = ctx.ports.clock.now()
  const [opens_at, closes_at] = [new Date(input.opens_at), new Date(input.closes_at)]
  if (closes_at <= opens_at || closes_at <= now) throw fail("GROUP_BUY_TIMES_WRONG")
  const variants = new Map((await ctx.ports.catalogue.findVariants(input.items.map(({ variant_id }) => variant_id))).map((variant) => [variant.id, variant]))
  const items = input.items.map((item) => {
    const variant = variants.get(item.variant_id)
    const price = item.unit_price_amount ?? variant?.price_amount
    if (!variant || !price) throw fail("GROUP_BUY_VARIANT_UNKNOWN", { variant: item.variant_id })
    if (!areStepsFalling(price, item.steps)) throw fail("GROUP_BUY_STEPS_WRONG")
    return { ...item, id: generateEntityId(undefined, "gbitem"), price, variant, title: titleOf(variant.product_title, variant.title) }
  })
  const [first] = items
  const title = input.title ?? first?.variant.product_title ?? { "zh-CN": "", en: "" }
  const pictures = [...new Set(items.flatMap(({ variant }) => variant.thumbnail ?? []))]
  const { hold_minutes, team_hours } = await ctx.ports.settings.get()
  const id = generateEntityId(undefined, "gbcamp")
  return ctx.db.inUnit(async () => {
    const [made] = await ctx.db.rows(
      `insert into group_buy_campaign (id, kind, title_zh, title_en, description_zh, description_en, pictures, opens_at, closes_at, arrives_at, currency_code, condition_by, condition_target, step_by, per_person_limit, team_size, team_hours, hold_minutes, virtual_completion, repeats, previous_id)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing returning id`,
      [id, input.kind, title["zh-CN"], title.en, input.description?.["zh-CN"] ?? null, input.description?.en ?? null, JSON.stringify(pictures), opens_at, closes_at, input.arrives_at ? new Date(input.arrives_at) : null, first?.variant.currency_code ?? "cny", input.condition.by, input.condition.target, input.step_by, input.per_person_limit ?? null, input.team_size ?? null, team_hours, hold_minutes, input.virtual_completion, input.repeats ?? "none", previous_id],
    )
    if (!made) return nextOf(ctx, previous_id)
    for (const [position, { id: item_id, variant, title: named, price, stock, steps }] of items.entries()) {
      await ctx.db.rows("insert into group_buy_campaign_item (id, campaign_id, product_id, variant_id, title_zh, title_en, sku, position, unit_price, stock) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [item_id, id, variant.product_id, variant.id, named["zh-CN"], named.en, variant.sku, position, price, stock])
      for (const { from_count, unit_price_amount } of steps) await ctx.db.rows("insert into group_buy_price_step (item_id, from_count, unit_price) values (?, ?, ?)", [item_id, from_count, unit_price_amount])
    }
    for (const leader_id of input.leader_ids ?? []) await ctx.db.rows("insert into group_buy_campaign_point (campaign_id, leader_id) select ?, id from group_buy_leader where id = ? on conflict do nothing", [id, leader_id])
    return id
  })
}

async function nextOf({ db }: Ctx, previous_id: string | null): Promise<string> {
  const [next] = await db.rows<{ id: string }>("select id from group_buy_campaign where previous_id = ?", [previous_id])
  if (!next) throw fail("GROUP_BUY_CAMPAIGN_UNKNOWN")
  return next.id
}

const titleOf = (product: { "zh-CN": string; en: string }, variant: { "zh-CN": string; en: string }) => ({ "zh-CN": joined(product["zh-CN"], variant["zh-CN"]), en: joined(product.en, variant.en) })
const joined = (product: string, variant: string) => (variant && variant !== product ? `${product} ${variant}` : product)

/** Opens a draft to shoppers and keeps its stock. Throws GROUP_BUY_POINTS_MISSING where a community purchase has nowhere to be collected. */
export async function openCampaign(ctx: Ctx, campaign_id: string): Promise<void> {
  const { campaign, items } = await getCampaign(ctx, campaign_id)
  if (campaign.status === "open") return
  if (!mayCampaign(campaign.status, "open")) throw fail("GROUP_BUY_NOT_NOW", { state: campaign.status })
  if (campaign.closes_at <= ctx.ports.clock.now()) throw fail("GROUP_BUY_TIMES_WRONG")
  if (campaign.kind === "community") {
    await ctx.db.rows(
      "insert into group_buy_campaign_point (campaign_id, leader_id) select ?, id from group_buy_leader where status = 'approved' and not exists (select 1 from group_buy_campaign_point where campaign_id = ?) on conflict do nothing",
      [campaign_id, campaign_id],
    )
    const points = await ctx.db.rows("select 1 from group_buy_campaign_point p join group_buy_leader l on l.id = p.leader_id and l.status = 'approved' where p.campaign_id = ? and p.active limit 1", [campaign_id])
    if (!points.length) throw fail("GROUP_BUY_POINTS_MISSING")
  }
  // The ports join the unit of work: there is no open campaign without its stock, and no stock kept for a draft.
  await ctx.db.inUnit(async () => {
    const [opened] = await ctx.db.rows("update group_buy_campaign set status = 'open', updated_at = now() where id = ? and status = 'draft' returning id", [campaign_id])
    if (!opened) return
    for (const { id, variant_id, stock } of [...items].sort((a, b) => (a.variant_id < b.variant_id ? -1 : 1))) await ctx.ports.stock.reserve(id, variant_id, stock)
    await ctx.ports.schedule.at(`close:${campaign_id}`, campaign.closes_at, "sweep", { once: true })
  })
  await publishProgress(ctx, campaign_id)
}

/** A new draft with the same goods and rules. With a `previous_id` it is the cycle after that one, and repeats as it did. */
export async function copyCampaign(ctx: Ctx, campaign_id: string, times: { opens_at: string; closes_at: string; arrives_at?: string }, previous_id: string | null = null): Promise<string> {
  const { campaign, items, steps, leader_ids } = await getCampaign(ctx, campaign_id)
  return createCampaign(ctx, {
    ...times,
    kind: campaign.kind,
    title: campaign.title,
    ...(campaign.description ? { description: campaign.description } : {}),
    condition: { by: campaign.condition_by, target: campaign.condition_target },
    step_by: campaign.step_by,
    ...(campaign.per_person_limit ? { per_person_limit: campaign.per_person_limit } : {}),
    ...(campaign.team_size ? { team_size: campaign.team_size } : {}),
    virtual_completion: campaign.virtual_completion,
    items: items.map(({ id, variant_id, unit_price, stock }) => ({ variant_id, unit_price_amount: unit_price, stock, steps: steps.filter(({ item_id }) => item_id === id).map(({ from_count, unit_price_amount }) => ({ from_count, unit_price_amount })) })),
    repeats: previous_id ? campaign.repeats : "none",
    leader_ids,
  }, previous_id)
}

/** Throws GROUP_BUY_CAMPAIGN_UNKNOWN. */
export async function getCampaign(ctx: Ctx, campaign_id: string): Promise<WholeCampaign> {
  const [whole] = await readCampaigns(ctx, "c.id = ?", [campaign_id])
  if (!whole) throw fail("GROUP_BUY_CAMPAIGN_UNKNOWN")
  return whole
}

/** Campaigns with their goods, the latest first. `where` speaks of c. */
export async function readCampaigns({ db }: Ctx, where: string, values: readonly unknown[], { page = 1, size = 50 }: { page?: number; size?: number } = {}): Promise<WholeCampaign[]> {
  const rows = await db.rows(`select c.*, ${NEXT_ID} from group_buy_campaign c where ${where} order by c.opens_at desc, c.id desc limit ? offset ?`, [...values, size, (page - 1) * size])
  const campaigns = rows.map(campaignRow)
  const ids = campaigns.map(({ id }) => id)
  const items = (await db.rows("select * from group_buy_campaign_item where campaign_id = any(?::text[]) order by position", [ids])).map(itemRow)
  const steps = (await db.rows("select s.* from group_buy_price_step s join group_buy_campaign_item i on i.id = s.item_id where i.campaign_id = any(?::text[]) order by s.from_count", [ids])).map(stepRow)
  const points = await db.rows<{ campaign_id: string; leader_id: string }>("select campaign_id, leader_id from group_buy_campaign_point where campaign_id = any(?::text[]) and active order by leader_id", [ids])
  return campaigns.map((campaign, i) => {
    const own = items.filter(({ campaign_id }) => campaign_id === campaign.id)
    return {
      campaign,
      items: own,
      steps: steps.filter(({ item_id }) => own.some(({ id }) => id === item_id)),
      leader_ids: points.filter(({ campaign_id }) => campaign_id === campaign.id).map(({ leader_id }) => leader_id),
      next_id: (rows[i]?.next_id ?? null) as string | null,
    }
  })
}

/** Goes on to repeat, otherwise, or no more; also one that has closed, as long as its next has not opened. Throws GROUP_BUY_CAMPAIGN_UNKNOWN, GROUP_BUY_WRONG_KIND. */
export async function setRepeats(ctx: Ctx, campaign_id: string, repeats: Repeats): Promise<void> {
  const { campaign } = await getCampaign(ctx, campaign_id)
  if (campaign.kind !== "community" && repeats !== "none") throw fail("GROUP_BUY_WRONG_KIND")
  await ctx.db.rows("update group_buy_campaign set repeats = ?, updated_at = now() where id = ?", [repeats, campaign_id])
}
