import { forShopStaff } from "@fangshi/kernel"
import { ctxOf } from "../../../../../../ctx-of"
import { campaignHours } from "../../../../../../modules/group-buy/campaign-hours"
import { getCampaign } from "../../../../../../modules/group-buy/campaigns"
import { feedback } from "../../../../../../modules/group-buy/sheets"
import { campaignView } from "../../../../../../modules/group-buy/views"

/** One with its points, how well its goods do, and the hours of a copy. */
export const GET = forShopStaff("products", async (req, res) => {
  const ctx = ctxOf(req.scope)
  const whole = await getCampaign(ctx, req.params.id ?? "")
  res.json({ campaign: campaignView(whole, ctx.ports.clock.now()), leader_ids: whole.leader_ids, feedback: await feedback(ctx, whole.campaign.id), defaults: await campaignHours(ctx) })
})
