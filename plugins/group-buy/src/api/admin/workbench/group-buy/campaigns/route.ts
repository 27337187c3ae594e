import { forShopStaff, forShopStaffWithBody, parseQuery } from "@fangshi/kernel"
import { campaignBody, pageQuery } from "../../../../../contract"
import { ctxOf } from "../../../../../ctx-of"
import { campaignHours } from "../../../../../modules/group-buy/campaign-hours"
import { createCampaign, getCampaign, readCampaigns } from "../../../../../modules/group-buy/campaigns"
import { campaignView } from "../../../../../modules/group-buy/views"

/** All of them, drafts too, the latest first; `defaults`: the hours of a new one. */
export const GET = forShopStaff("products", async (req, res) => {
  const ctx = ctxOf(req.scope)
  const now = ctx.ports.clock.now()
  res.json({ defaults: await campaignHours(ctx), campaigns: (await readCampaigns(ctx, "true", [], { page: parseQuery(pageQuery, req).page })).map((whole) => campaignView(whole, now)) })
})

/** A draft from the catalogue's products. */
export const POST = forShopStaffWithBody("products", campaignBody, async (req, res, _staff, body) => {
  const ctx = ctxOf(req.scope)
  res.json({ campaign: campaignView(await getCampaign(ctx, await createCampaign(ctx, body)), ctx.ports.clock.now()) })
})
