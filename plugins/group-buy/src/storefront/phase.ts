import type { CampaignView, LiveProgress } from "../contract"
import { priceAt } from "../contract/price"

/** What can be done with a campaign at an instant. */
export type Phase = "soon" | "open" | "sold_out" | "over" | "succeeded" | "failed" | "refused"

/** `now` in ms. */
export function phaseOf({ status, opens_at, closes_at, items }: Pick<CampaignView, "status" | "opens_at" | "closes_at" | "items">, now: number): Phase {
  if (status === "succeeded" || status === "failed" || status === "refused") return status
  if (status === "closed" || now >= Date.parse(closes_at)) return "over"
  if (now < Date.parse(opens_at)) return "soon"
  return items.every(({ left }) => left <= 0) ? "sold_out" : "open"
}

/** What the stream of a campaign tells, or what its poll answers in its place. */
export type Told = LiveProgress | { campaign: CampaignView }

/** The campaign as it is by now. */
export function asTold(campaign: CampaignView, told: Told): CampaignView {
  if ("campaign" in told) return told.campaign
  const { status, next_id, progress, items } = told
  const counted = campaign.kind === "team" ? (campaign.team_size ?? 0) : campaign.step_by === "people" ? progress.people : progress.pieces
  return {
    ...campaign,
    status,
    next_id,
    progress: { ...progress, reached: progress[campaign.condition.by] >= campaign.condition.target },
    items: campaign.items.map((item) => ({ ...item, left: items.find(({ id }) => id === item.id)?.left ?? item.left, current_price_amount: priceAt(item.unit_price_amount, item.steps, counted) })),
  }
}

/** The lowest price of now, and what the same piece costs alone. Fen. */
export const bestPrice = ({ items }: Pick<CampaignView, "items">) => {
  const [best] = [...items].sort((a, b) => a.current_price_amount - b.current_price_amount)
  return { now: best?.current_price_amount ?? 0, alone: best?.unit_price_amount ?? 0 }
}
