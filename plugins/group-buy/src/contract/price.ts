import type { PriceStep } from "./campaign"

/** Fen for one piece when `count` have joined: the lowest step that is reached, else the single price. */
export const priceAt = (unit_price_amount: number, steps: readonly PriceStep[], count: number): number =>
  steps.reduce((lowest, step) => (step.from_count <= count && step.unit_price_amount < lowest ? step.unit_price_amount : lowest), unit_price_amount)
