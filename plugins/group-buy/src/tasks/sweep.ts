import type { MedusaContainer } from "@medusajs/framework/types"
import { ctxOf } from "../ctx-of"
import { decideWhatIsDue } from "../modules/group-buy/decide"
import { openNextCycles } from "../modules/group-buy/next-cycle"
import { workTodos } from "../modules/group-buy/work"
import { sweepAgain } from "../sweep-again"

/** Ends what is over by the clock and does what is left to do; then again a minute later, unless it was asked for once. */
export default async function sweep({ scope, payload }: { scope: MedusaContainer; payload: Record<string, unknown> }): Promise<void> {
  const ctx = ctxOf(scope)
  // First, so that a fault in one campaign does not end the sweeping.
  if (payload.once !== true) await sweepAgain(ctx)
  await decideWhatIsDue(ctx)
  await workTodos(ctx)
  // Last: what the cycle before did not sell is free by then.
  await openNextCycles(ctx)
}
