import { forShopStaff } from "@fangshi/kernel"
import { ctxOf } from "../../../../../../../ctx-of"
import { getCampaign } from "../../../../../../../modules/group-buy/campaigns"
import { closeCampaign } from "../../../../../../../modules/group-buy/decide"
import { campaignView } from "../../../../../../../modules/group-buy/views"

/** Closes it now: it succeeds or fails with what has come together. */
export const POST = forShopStaff("products", async (req, res, { user_id }) => {
  const ctx = ctxOf(req.scope)
  const id = req.params.id ?? ""
  await closeCampaign(ctx, id, { early: true })
  await ctx.ports.audit.note("group-buy.campaign.close", { campaign_id: id, user_id })
  res.json({ campaign: campaignView(await getCampaign(ctx, id), ctx.ports.clock.now()) })
})
