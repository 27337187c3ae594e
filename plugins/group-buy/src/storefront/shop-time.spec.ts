import { fieldTime, instantOf, shopTime } from "./shop-time"

describe("a time in the shop's zone", () => {
  it.each([
    ["Asia/Shanghai", "2026-01-31T23:00", "2026-01-31T15:00:00.000Z"],
    ["Asia/Urumqi", "2026-01-31T23:00", "2026-01-31T17:00:00.000Z"],
    ["America/New_York", "2026-07-01T00:00", "2026-07-01T04:00:00.000Z"],
    ["America/New_York", "2026-01-01T00:00", "2026-01-01T05:00:00.000Z"],
    ["America/New_York", "2026-03-08T08:00", "2026-03-08T12:00:00.000Z"],
    ["UTC", "2026-12-31T23:59", "2026-12-31T23:59:00.000Z"],
  ])("in %s, %s is %s, and back", (zone, field, instant) => {
    expect([instantOf(field, zone), fieldTime(Date.parse(instant), zone)]).toEqual([instant, field])
  })

  it("is read in the visitor's language", () => {
    expect([shopTime("2026-01-31T15:00:00Z", "zh-CN", "Asia/Shanghai"), shopTime("2026-01-31T15:00:00Z", "en", "Asia/Urumqi")]).toEqual([expect.stringContaining("1月31日"), expect.stringMatching(/Jan 31.*21:00/)])
  })
})
