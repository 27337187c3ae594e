import type { PickUpPoint } from "@fangshi/contracts"
import { sortPoints } from "./point-order"
import { type SlotRule, dayIn, instantOf, minuteOf, slotDays, timeOf } from "./slot-days"

const at = (text: string) => Date.parse(text)
const iso = (instant: number) => new Date(instant).toISOString()

describe("pick-up points", () => {
  const point = (name: string, district: string, latitude: number, city = "杭州市", province = "浙江省"): PickUpPoint & { id: string } => ({
    id: name, name: { "zh-CN": name, en: name }, province, city, district, address: { "zh-CN": "路", en: "road" }, latitude, longitude: 120, opening_hours: { "zh-CN": "每天", en: "daily" }, phone: null,
  })
  const points = [point("甲", "余杭区", 30.5), point("乙", "西湖区", 30.1), point("丙", "鼓楼区", 32, "南京市", "江苏省"), point("丁", "越城区", 30.2, "绍兴市")]
  const names = (where: { province: string; city: string; district: string }, latitude?: number) => sortPoints(points, { ...where, position: latitude === undefined ? null : { latitude, longitude: 120 } }).map(({ id }) => id).join("")

  it("stand in the order of their distance, whatever the address says", () => {
    expect(names({ province: "江苏省", city: "南京市", district: "鼓楼区" }, 30.12)).toBe("乙丁甲丙")
    expect(sortPoints(points, { position: { latitude: 30.1, longitude: 120 }, province: "", city: "", district: "" }).map(({ distance_m }) => distance_m)[0]).toBe(0)
  })

  it("without a position begin with the address's own district, then its city, then its province", () => {
    expect(names({ province: "浙江省", city: "杭州市", district: "西湖区" })).toMatch(/^乙甲丁丙$/)
    expect(names({ province: "浙江", city: "杭州", district: "余杭" })).toMatch(/^甲乙丁丙$/)
    expect(names({ province: "Jiangsu", city: "Nanjing", district: "" })).toMatch(/^丙/)
  })

  it("do not take a district for another city's of the same name", () => {
    expect(sortPoints([point("a", "鼓楼区", 32, "南京市", "江苏省"), point("b", "台江区", 26, "福州市", "福建省")], { position: null, province: "福建省", city: "福州市", district: "鼓楼区" }).map(({ id }) => id)).toEqual(["b", "a"])
  })
})

describe("delivery slots", () => {
  const rule = (more: Partial<SlotRule> = {}): SlotRule => ({ id: "s", weekdays: "1234567", from_minute: minuteOf("09:00"), to_minute: minuteOf("12:00"), cut_off_minutes: 0, ...more })
  const days = (rules: SlotRule[], now: string, zone = "Asia/Shanghai") => slotDays(rules, at(now), zone).map(({ rule: { id }, day, starts_at }) => `${id} ${day} ${iso(starts_at)}`)

  it("are those of the shop's own days, wherever the server is: past midnight in Shanghai it is still yesterday in London", () => {
    expect(days([rule()], "2026-11-26T16:30:00Z")[0]).toBe("s 2026-11-27 2026-11-27T01:00:00.000Z")
    expect(days([rule()], "2026-11-26T16:30:00Z", "America/New_York")[0]).toBe("s 2026-11-27 2026-11-27T14:00:00.000Z")
    expect(days([rule()], "2026-11-26T13:30:00Z", "America/New_York")[0]).toBe("s 2026-11-26 2026-11-26T14:00:00.000Z")
    expect(dayIn(at("2026-11-26T16:00:00Z"), "Asia/Shanghai")).toBe("2026-11-27")
  })

  it("are offered for seven days, today first, on their own weekdays only", () => {
    // 2026-11-26 is a Thursday.
    expect(slotDays([rule()], at("2026-11-26T00:00:00Z"), "Asia/Shanghai")).toHaveLength(7)
    expect(days([rule({ weekdays: "17" })], "2026-11-26T00:00:00Z").map((each) => each.slice(2, 12))).toEqual(["2026-11-29", "2026-11-30"])
    expect(days([rule({ weekdays: "3" })], "2026-11-26T00:00:00Z").map((each) => each.slice(2, 12))).toEqual(["2026-12-02"])
  })

  it("can be booked up to their cut-off and not a millisecond longer, also where that is on the day before", () => {
    const first = (now: string, cut_off_minutes: number) => days([rule({ cut_off_minutes })], now)[0]?.slice(2, 12)
    expect(first("2026-11-26T00:00:00.000Z", 60)).toBe("2026-11-26")
    expect(first("2026-11-26T00:00:00.001Z", 60)).toBe("2026-11-27")
    expect(first("2026-11-25T12:00:00.000Z", 780)).toBe("2026-11-26")
    expect(first("2026-11-25T12:00:00.001Z", 780)).toBe("2026-11-27")
  })

  it("begin by the clock on the wall on the days when clocks are changed", () => {
    expect(iso(instantOf("2026-10-25", minuteOf("09:00"), "Europe/Berlin"))).toBe("2026-10-25T08:00:00.000Z")
    expect(iso(instantOf("2026-10-24", minuteOf("09:00"), "Europe/Berlin"))).toBe("2026-10-24T07:00:00.000Z")
    expect(iso(instantOf("2026-03-29", minuteOf("09:00"), "Europe/Berlin"))).toBe("2026-03-29T07:00:00.000Z")
    expect(iso(instantOf("2026-11-26", minuteOf("24:00"), "Asia/Shanghai"))).toBe("2026-11-26T16:00:00.000Z")
  })

  it("stand in the order of time", () => {
    expect(days([rule({ id: "late", from_minute: minuteOf("18:00"), to_minute: minuteOf("20:00") }), rule({ id: "early" })], "2026-11-26T00:00:00Z").slice(0, 3).map((each) => each.split(" ")[0])).toEqual(["early", "late", "early"])
    expect([0, 570, 1_440].map(timeOf)).toEqual(["00:00", "09:30", "24:00"])
  })
})
