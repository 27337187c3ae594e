import type { Measure, Progress } from "../contract"

/** Whether enough has come together. */
export const isReached = (condition: { by: Measure; target: number }, progress: Progress): boolean => progress[condition.by] >= condition.target
