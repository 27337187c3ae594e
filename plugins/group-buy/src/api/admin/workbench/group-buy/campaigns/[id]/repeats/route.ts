import { forShopStaffWithBody } from "@fangshi/kernel"
import { repeatsBody } from "../../../../../../../contract"
import { ctxOf } from "../../../../../../../ctx-of"
import { getCampaign, setRepeats } from "../../../../../../../modules/group-buy/campaigns"
import { campaignView } from "../../../../../../../modules/group-buy/views"

/** Whether and how often it begins again when it has closed. */
export const POST = forShopStaffWithBody("products", repeatsBody, async (req, res, { user_id }, { repeats }) => {
  const ctx = ctxOf(req.scope)
  const id = req.params.id ?? ""
  await setRepeats(ctx, id, repeats)
  await ctx.ports.audit.note("group-buy.campaign.repeats", { campaign_id: id, repeats, user_id })
  res.json({ campaign: campaignView(await getCampaign(ctx, id), ctx.ports.clock.now()) })
})
