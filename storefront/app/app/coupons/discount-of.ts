/** What promotions took off an order or a cart, with the codes behind it. */
export type Discount = { codes: string[]; amount: number }

type Line = { adjustments?: { code?: string | null }[] | null }

/** Null where nothing was taken off. */
export function discountOf(amount: number, lines: Line[]): Discount | null {
  const codes = lines.flatMap(({ adjustments }) => adjustments ?? []).flatMap(({ code }) => code ?? [])
  return amount > 0 ? { codes: [...new Set(codes)], amount } : null
}
