import { forShopStaff } from "@fangshi/kernel"
import { ctxOf } from "../../../../../../../ctx-of"
import { getCampaign } from "../../../../../../../modules/group-buy/campaigns"
import { refuseCampaign } from "../../../../../../../modules/group-buy/decide"
import { campaignView } from "../../../../../../../modules/group-buy/views"

/** Takes it back: all money goes back. */
export const POST = forShopStaff("products", async (req, res, { user_id }) => {
  const ctx = ctxOf(req.scope)
  const id = req.params.id ?? ""
  await refuseCampaign(ctx, id)
  await ctx.ports.audit.note("group-buy.campaign.refuse", { campaign_id: id, user_id })
  res.json({ campaign: campaignView(await getCampaign(ctx, id), ctx.ports.clock.now()) })
})
