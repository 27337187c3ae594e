import { z } from "zod"

/** What each shop sets for itself. */
export const settings = z.strictObject({
  /** Minutes a shopper has to pay before the pieces go back. */
  hold_minutes: z.int().min(1).max(120).default(15),
  /** Hours a team has to become complete. */
  team_hours: z.int().min(1).max(168).default(24),
  /** When a day's community purchases close, and when the goods are at the points the next day; by the shop's clock. */
  cut_off_time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/).default("23:00"),
  pick_up_time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/).default("16:00"),
  /** A new leader's share of what their point sells; 500 is 5 %. */
  commission_basis_points: z.int().min(0).max(5_000).default(500),
  /** Days after hand-over in which a claim can be made. */
  claim_days: z.int().min(0).max(30).default(2),
})
export type GroupBuySettings = z.infer<typeof settings>
