import type { MedusaContainer } from "@medusajs/framework/types"
import { ctxOf } from "../ctx-of"
import { workTodos } from "../modules/group-buy/work"

/** Orders, refunds and what else is noted to be done. */
export default async function work({ scope }: { scope: MedusaContainer }): Promise<void> {
  await workTodos(ctxOf(scope))
}
