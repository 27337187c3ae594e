import type { MedusaContainer } from "@medusajs/framework/types"
import { ctxOf } from "./ctx-of"
import { seedDemo } from "./seed/seed-demo"
import { sweepAgain } from "./sweep-again"

type Run = { scope: MedusaContainer }

/** The clock begins to be watched. What ran while the plugin was off is decided with the first sweep. */
export const activate = ({ scope }: Run): Promise<void> => sweepAgain(ctxOf(scope))

/** Campaigns, leaders and points that a demo shop opens with. */
export const seed = ({ scope }: Run): Promise<void> => seedDemo(ctxOf(scope), scope)
