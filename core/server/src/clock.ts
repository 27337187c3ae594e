import type { MedusaContainer } from "@medusajs/framework/types"

/** Milliseconds since 1970. What ends or begins by the clock asks this one, so that a test can let time pass. */
export type Clock = () => number

export const CLOCK = "fangshi_clock"

/** The host's clock, for routes. */
export const clockOf = (scope: Pick<MedusaContainer, "resolve">): Clock => scope.resolve<Clock>(CLOCK)
