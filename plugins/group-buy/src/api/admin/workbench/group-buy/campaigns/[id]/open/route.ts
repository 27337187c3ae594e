import { forShopStaff } from "@fangshi/kernel"
import { ctxOf } from "../../../../../../../ctx-of"
import { getCampaign, openCampaign } from "../../../../../../../modules/group-buy/campaigns"
import { campaignView } from "../../../../../../../modules/group-buy/views"

/** Opens a draft to shoppers. */
export const POST = forShopStaff("products", async (req, res, { user_id }) => {
  const ctx = ctxOf(req.scope)
  const id = req.params.id ?? ""
  await openCampaign(ctx, id)
  await ctx.ports.audit.note("group-buy.campaign.open", { campaign_id: id, user_id })
  res.json({ campaign: campaignView(await getCampaign(ctx, id), ctx.ports.clock.now()) })
})
