import { useLive } from "@fangshi/storefront-kit"
import type { CampaignView } from "../contract"
import { type Told, asTold } from "./phase"

/** A campaign as it changes, for everybody who watches. */
export function useCampaign(campaign: CampaignView): CampaignView {
  const at = `/x-data/group-buy/campaigns/${encodeURIComponent(campaign.id)}`
  return asTold(campaign, useLive<Told>({ events: `${at}/live`, poll: at }, { campaign }))
}
