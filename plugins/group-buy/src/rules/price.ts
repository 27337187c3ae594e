import type { PriceStep } from "../contract"

/** Fen for one piece when `count` have joined: the lowest step that is reached, else the single price. */
export const priceAt = (unit_price_amount: number, steps: readonly PriceStep[], count: number): number =>
  steps.reduce((lowest, step) => (step.from_count <= count && step.unit_price_amount < lowest ? step.unit_price_amount : lowest), unit_price_amount)

/** Whether more shoppers always mean a lower price. */
export function areStepsFalling(unit_price_amount: number, steps: readonly PriceStep[]): boolean {
  const sorted = [...steps].sort((a, b) => a.from_count - b.from_count)
  return sorted.every(({ from_count, unit_price_amount: price }, i) => price < (sorted[i - 1]?.unit_price_amount ?? unit_price_amount) && from_count > (sorted[i - 1]?.from_count ?? 0))
}

/** Fen for one piece once the group has succeeded: what all share, but never more than was promised at joining, though others may have left since. */
export const duePrice = (paid_price: number, final_price: number): number => Math.min(paid_price, final_price)
