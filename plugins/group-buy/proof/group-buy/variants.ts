/** What one shopper does: how many of which items (by their place in the campaign), and when they pay. */
export type Errand = { basket: readonly { item: number; quantity: number }[]; pays: "at once" | "as it closes" | "never" }

/**
 * `opens_at`, `closes_at`: before which kill the campaign opens, and about which it closes by itself, else when all have come.
 * `stock` of each item; `sold`: what must be sold of each in the end, null where the clock decides.
 */
export type Variant = { name: string; shoppers: number; opens_at: number; closes_at: number | null; stock: readonly number[]; sold: readonly number[] | null; per_person_limit?: number; errand: (n: number) => Errand }

export const KILLS = 20

/** All run in one shop at once and share its kills. */
export const VARIANTS: readonly Variant[] = [
  { name: "the last 50 pieces", shoppers: 200, opens_at: 0, closes_at: null, stock: [50], sold: [50], errand: () => ({ basket: [{ item: 0, quantity: 1 }], pays: "at once" }) },
  {
    name: "two SKUs in one basket",
    shoppers: 60,
    opens_at: 0,
    closes_at: null,
    // The second is scarce: no basket may keep the first without it. Every other shopper names them in the other order.
    stock: [40, 25],
    sold: [25, 25],
    errand: (n) => ({ basket: [{ item: n % 2, quantity: 1 }, { item: 1 - (n % 2), quantity: 1 }], pays: "at once" }),
  },
  {
    name: "two pieces of one stock item in one order",
    shoppers: 40,
    opens_at: 0,
    closes_at: null,
    // The odd piece is left, for nobody wants one.
    stock: [25],
    sold: [24],
    per_person_limit: 2,
    errand: () => ({ basket: [{ item: 0, quantity: 2 }], pays: "at once" }),
  },
  {
    name: "closing time reached in the middle",
    shoppers: 84,
    opens_at: 6,
    closes_at: 14,
    stock: [200],
    sold: null,
    errand: (n) => ({ basket: [{ item: 0, quantity: 1 }], pays: n % 6 === 0 ? "never" : n % 2 ? "at once" : "as it closes" }),
  },
]
