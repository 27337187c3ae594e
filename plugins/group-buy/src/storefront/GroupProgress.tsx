import { Progress } from "@fangshi/storefront-kit"
import type { CampaignView } from "../contract"
import { useProgressWords } from "./use-progress-words"

/** How far a campaign is, as a bar and in words; of teams, how many people joined one. */
export function GroupProgress({ campaign }: { campaign: CampaignView }) {
  const words = useProgressWords()(campaign)
  if (campaign.kind === "team") return <p className="gb-soft">{words}</p>
  return (
    <div className="gb-progress">
      <Progress value={campaign.progress[campaign.condition.by]} max={campaign.condition.target} label={words} />
      <p className="gb-soft" aria-live="polite">{words}</p>
    </div>
  )
}
