import { z } from "zod"

const fen = z.int().min(1).max(100_000_000)
const instant = z.iso.datetime({ offset: true })

/** A coupon a shop opens with: a code, what it takes off, and what it asks for. */
export const seedCoupon = z.strictObject({
  code: z.string().regex(/^[A-Z0-9][A-Z0-9-]{2,29}$/),
  off: z.union([
    /** Per cent of the goods. */
    z.strictObject({ percent: z.number().min(0.1).max(100).multipleOf(0.1) }),
    /** Fen off all goods together, never more than they cost. */
    z.strictObject({ amount: fen }),
  ]),
  /** Fen the goods must be worth before the discount. */
  minimum_amount: fen.optional(),
  /** Only goods of these categories. */
  categories: z.array(z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)).min(1).max(50).optional(),
  starts_at: instant.optional(),
  ends_at: instant.optional(),
  /** How often it can be used by all buyers together. */
  usage_limit: z.int().min(1).max(1_000_000).optional(),
})
export type SeedCoupon = z.infer<typeof seedCoupon>
