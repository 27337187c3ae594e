import fc from "fast-check"
import { nextCycle } from "./next-cycle"

const SHANGHAI = "Asia/Shanghai"
const BERLIN = "Europe/Berlin"
const at = (time: string) => new Date(time)
/** The cut-off is at 23:00 in Shanghai, the goods are there at 16:00 the next day. */
const closed = { closes_at: at("2026-03-01T23:00:00+08:00"), arrives_at: at("2026-03-02T16:00:00+08:00") }

describe("the next cycle", () => {
  it("opens with the cut-off and closes at the same hour a day or a week on", () => {
    const now = at("2026-03-01T23:00:40+08:00")
    expect(nextCycle(closed, "daily", SHANGHAI, now)).toEqual({ opens_at: closed.closes_at, closes_at: at("2026-03-02T23:00:00+08:00"), arrives_at: at("2026-03-03T16:00:00+08:00") })
    expect(nextCycle(closed, "weekly", SHANGHAI, now)).toEqual({ opens_at: closed.closes_at, closes_at: at("2026-03-08T23:00:00+08:00"), arrives_at: at("2026-03-09T16:00:00+08:00") })
    expect(nextCycle({ ...closed, arrives_at: null }, "daily", SHANGHAI, now).arrives_at).toBeNull()
  })

  it("keeps the shop's hour when its clock changes to summer time and back", () => {
    const spring = { closes_at: at("2026-03-28T23:00:00+01:00"), arrives_at: null }
    expect(nextCycle(spring, "daily", BERLIN, spring.closes_at).closes_at).toEqual(at("2026-03-29T23:00:00+02:00"))
    const autumn = { closes_at: at("2026-10-24T23:00:00+02:00"), arrives_at: null }
    expect(nextCycle(autumn, "weekly", BERLIN, autumn.closes_at).closes_at).toEqual(at("2026-10-31T23:00:00+01:00"))
  })

  it("leaves out what passed while nobody looked, up to the very cut-off", () => {
    const late = (now: string) => nextCycle(closed, "daily", SHANGHAI, at(now))
    expect(late("2026-03-04T22:59:59+08:00")).toMatchObject({ opens_at: at("2026-03-03T23:00:00+08:00"), closes_at: at("2026-03-04T23:00:00+08:00") })
    expect(late("2026-03-04T23:00:00+08:00")).toMatchObject({ opens_at: at("2026-03-04T23:00:00+08:00"), closes_at: at("2026-03-05T23:00:00+08:00"), arrives_at: at("2026-03-06T16:00:00+08:00") })
  })

  it("opens now where it was closed early or the clock went back, and closes when it would have closed anyway", () => {
    const now = at("2026-02-20T10:00:00+08:00")
    expect(nextCycle(closed, "daily", SHANGHAI, now)).toMatchObject({ opens_at: now, closes_at: at("2026-03-02T23:00:00+08:00") })
  })

  it("is open at once and has not closed, whatever the clock says", () => {
    const instants = fc.date({ min: at("2020-01-01T00:00:00Z"), max: at("2040-01-01T00:00:00Z"), noInvalidDate: true })
    fc.assert(fc.property(instants, instants, fc.constantFrom("daily" as const, "weekly" as const), fc.constantFrom(SHANGHAI, BERLIN, "America/St_Johns"), (closes_at, now, repeats, zone) => {
      const next = nextCycle({ closes_at, arrives_at: null }, repeats, zone, now)
      return next.opens_at <= now && next.closes_at > now && next.closes_at > closes_at
    }))
  })
})
