import type { PriceStep } from "../contract"

/** Whether more shoppers always mean a lower price. */
export function areStepsFalling(unit_price_amount: number, steps: readonly PriceStep[]): boolean {
  const sorted = [...steps].sort((a, b) => a.from_count - b.from_count)
  return sorted.every(({ from_count, unit_price_amount: price }, i) => price < (sorted[i - 1]?.unit_price_amount ?? unit_price_amount) && from_count > (sorted[i - 1]?.from_count ?? 0))
}

/** Fen for one piece once the group has succeeded: what all share, but never more than was promised at joining, though others may have left since. */
export const duePrice = (paid_price: number, final_price: number): number => Math.min(paid_price, final_price)
