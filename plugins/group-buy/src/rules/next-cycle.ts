import type { Repeats } from "../contract"

export type Times = { opens_at: Date; closes_at: Date; arrives_at: Date | null }

const DAYS: Record<Exclude<Repeats, "none">, number> = { daily: 1, weekly: 7 }
const DAY_MS = 86_400_000

/**
 * When the next cycle opens, closes and arrives: the same hours of the shop's clock, so many days on, also over a change of
 * summer time. It opens with the cut-off before it, or now where that came early; cycles that nobody saw pass are left out.
 */
export function nextCycle({ closes_at, arrives_at }: Pick<Times, "closes_at" | "arrives_at">, repeats: Exclude<Repeats, "none">, time_zone: string, now: Date): Times {
  const days = DAYS[repeats]
  let cycles = Math.max(1, Math.floor((now.getTime() - closes_at.getTime()) / (days * DAY_MS)))
  while (daysOn(closes_at, cycles * days, time_zone) <= now) cycles++
  const before = daysOn(closes_at, (cycles - 1) * days, time_zone)
  return {
    opens_at: before < now ? before : now,
    closes_at: daysOn(closes_at, cycles * days, time_zone),
    arrives_at: arrives_at && daysOn(arrives_at, cycles * days, time_zone),
  }
}

/** An hour that summer time leaves out is the one after it. */
function daysOn(instant: Date, days: number, time_zone: string): Date {
  const wanted = shown(instant.getTime(), time_zone) + days * DAY_MS
  const ahead = (ms: number) => shown(ms, time_zone) - ms
  // The difference to UTC at that time there, which may be another than at the first guess.
  return new Date(wanted - ahead(wanted - ahead(wanted)))
}

/** What the shop's clock shows, as if that were UTC. */
const shown = (ms: number, time_zone: string): number =>
  Date.parse(`${new Intl.DateTimeFormat("sv-SE", { timeZone: time_zone, dateStyle: "short", timeStyle: "medium" }).format(ms).replace(" ", "T")}Z`) + (((ms % 1_000) + 1_000) % 1_000)
