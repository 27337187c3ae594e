import { FangshiError } from "@fangshi/contracts"
import type { Repeats } from "../../contract"
import { nextCycle } from "../../rules/next-cycle"
import { copyCampaign, openCampaign } from "./campaigns"
import type { Ctx } from "./ctx"
import { publishProgress } from "./live"
import { type CampaignRow, campaignRow } from "./rows"

/**
 * Opens the cycle after each campaign that repeats and has closed. Its key is the campaign before it: however many sweep, and
 * whatever their clocks say, there is one. What cannot be opened yet is tried again with the next sweep, and the staff are told once.
 */
export async function openNextCycles(ctx: Ctx): Promise<void> {
  const closed = await ctx.db.rows(
    `select c.* from group_buy_campaign c where c.repeats <> 'none' and c.status in ('succeeded', 'failed')
       and not exists (select 1 from group_buy_campaign n where n.previous_id = c.id and n.status <> 'draft') order by c.closes_at, c.id limit 200`,
  )
  if (!closed.length) return
  const time_zone = await ctx.ports.clock.timeZone()
  for (const campaign of closed.map(campaignRow)) await openNext(ctx, campaign, time_zone)
}

async function openNext(ctx: Ctx, campaign: CampaignRow, time_zone: string): Promise<void> {
  const { id, title, repeats } = campaign
  const times = nextCycle(campaign, repeats as Exclude<Repeats, "none">, time_zone, ctx.ports.clock.now())
  try {
    const next = await copyCampaign(ctx, id, { opens_at: times.opens_at.toISOString(), closes_at: times.closes_at.toISOString(), ...(times.arrives_at ? { arrives_at: times.arrives_at.toISOString() } : {}) }, id)
    // A draft that could not be opened in its own time is of the cycle that is now.
    await ctx.db.rows("update group_buy_campaign set opens_at = ?, closes_at = ?, arrives_at = ?, updated_at = now() where id = ? and status = 'draft' and closes_at <> ?", [times.opens_at, times.closes_at, times.arrives_at, next, times.closes_at])
    await openCampaign(ctx, next)
  } catch (error) {
    if (!(error instanceof FangshiError)) throw error
    const { text } = error.toJSON()
    await ctx.ports.notifications.tellStaff({ key: `${id}:next`, title: { "zh-CN": "下一期还没开团", en: "The next cycle is not open" }, text: { "zh-CN": `“${title["zh-CN"]}”：${text["zh-CN"]}`, en: `“${title.en}”: ${text.en}` } })
    return
  }
  await publishProgress(ctx, id)
}
