import { forShopStaffWithBody } from "@fangshi/kernel"
import { copyBody } from "../../../../../../../contract"
import { ctxOf } from "../../../../../../../ctx-of"
import { copyCampaign, getCampaign } from "../../../../../../../modules/group-buy/campaigns"
import { campaignView } from "../../../../../../../modules/group-buy/views"

/** The same again as a draft, for the next cycle. */
export const POST = forShopStaffWithBody("products", copyBody, async (req, res, _staff, times) => {
  const ctx = ctxOf(req.scope)
  res.json({ campaign: campaignView(await getCampaign(ctx, await copyCampaign(ctx, req.params.id ?? "", times)), ctx.ports.clock.now()) })
})
