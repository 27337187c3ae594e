import type { CampaignView } from "../contract"
import { priceAt } from "../contract/price"

/** Fen, of the cheapest item: what one piece costs all once the group comes together, and what it costs alone. Where success and steps count different things, what it costs by now. */
export function groupPrice({ kind, items, condition: { by, target }, step_by, progress }: Pick<CampaignView, "kind" | "items" | "condition" | "step_by" | "progress">): { together: number; alone: number } {
  const priced = items.map(({ current_price_amount, unit_price_amount: alone, steps }) => ({ alone, together: kind === "community" && by === step_by ? priceAt(alone, steps, Math.max(target, progress[by])) : current_price_amount }))
  return priced.sort((a, b) => a.together - b.together)[0] ?? { together: 0, alone: 0 }
}
