import type { Ctx } from "./modules/group-buy/ctx"

const MINUTE_MS = 60_000

/** The next full minute's sweep. Its key is the minute: however many ask, it runs once. */
export async function sweepAgain({ ports }: Ctx): Promise<void> {
  const due = new Date((Math.floor(ports.clock.now().getTime() / MINUTE_MS) + 1) * MINUTE_MS)
  await ports.schedule.at(`sweep:${due.toISOString()}`, due, "sweep")
}
