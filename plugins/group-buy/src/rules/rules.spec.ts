import fc from "fast-check"
import { clawBack, commissionOn } from "./commission"
import { isReached } from "./condition"
import { byDistance, runOrder } from "./nearest"
import { codeHash, newCode } from "./pick-up-code"
import { priceAt } from "../contract"
import { areStepsFalling, duePrice } from "./price"
import { spreadShortage } from "./shortage"
import { isHeldAt, isOpenAt, mayCampaign, mayParticipation, mayTeam } from "./states"

const at = (seconds: number) => new Date(seconds * 1_000)
const STEPS = [{ from_count: 10, unit_price_amount: 800 }, { from_count: 3, unit_price_amount: 900 }]

describe("prices", () => {
  it("fall for all with the count that reaches a step, and not before", () => {
    expect([2, 3, 9, 10, 11].map((count) => priceAt(1_000, STEPS, count))).toEqual([1_000, 900, 900, 800, 800])
  })
  it("must fall with every step", () => {
    expect(areStepsFalling(1_000, STEPS)).toBe(true)
    expect(areStepsFalling(900, STEPS)).toBe(false)
    expect(areStepsFalling(1_000, [{ from_count: 3, unit_price_amount: 900 }, { from_count: 3, unit_price_amount: 800 }])).toBe(false)
    expect(areStepsFalling(1_000, [{ from_count: 3, unit_price_amount: 900 }, { from_count: 5, unit_price_amount: 900 }])).toBe(false)
  })
  it("never rise after joining, whoever leaves", () => {
    expect([duePrice(900, 800), duePrice(800, 900)]).toEqual([800, 800])
  })
})

describe("a condition", () => {
  it("is reached with the very number, of people, pieces or fen", () => {
    const progress = { people: 3, pieces: 7, amount: 5_000 }
    expect(([["people", 3], ["people", 4], ["pieces", 7], ["pieces", 8], ["amount", 5_000], ["amount", 5_001]] as const).map(([by, target]) => isReached({ by, target }, progress))).toEqual([true, false, true, false, true, false])
  })
})

describe("states", () => {
  const campaign = { status: "open", opens_at: at(10), closes_at: at(20) } as const
  it("are open from the first instant up to, and without, the last", () => {
    expect([9, 10, 19, 20].map((second) => isOpenAt(campaign, at(second)))).toEqual([false, true, true, false])
    expect(isOpenAt({ ...campaign, status: "refused" }, at(15))).toBe(false)
  })
  it("hold pieces up to, and without, the end", () => {
    expect([19, 20].map((second) => isHeldAt({ status: "held", hold_expires_at: at(20) }, at(second)))).toEqual([true, false])
    expect(isHeldAt({ status: "paid", hold_expires_at: at(20) }, at(1))).toBe(false)
  })
  it("go on only where they may, and never back", () => {
    expect(mayCampaign("draft", "open") && mayCampaign("open", "succeeded") && mayTeam("open", "failed") && mayParticipation("held", "paid") && mayParticipation("cancelled", "refunded")).toBe(true)
    for (const [from, to] of [["succeeded", "failed"], ["failed", "open"], ["draft", "succeeded"]] as const) expect(mayCampaign(from, to)).toBe(false)
    expect(mayTeam("succeeded", "failed")).toBe(false)
    for (const [from, to] of [["cancelled", "paid"], ["refunded", "paid"], ["held", "confirmed"], ["confirmed", "cancelled"]] as const) expect(mayParticipation(from, to)).toBe(false)
  })
})

describe("a leader's commission", () => {
  it("leaves part of a fen to the shop", () => {
    expect([commissionOn(999, 500), commissionOn(1_000, 500), commissionOn(0, 500), commissionOn(-5, 500)]).toEqual([49, 50, 0, 0])
  })
  it("is taken back with the money, however it comes back in parts, exactly to what is left", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 0, max: 5_000 }), fc.array(fc.integer({ min: 0, max: 400_000 }), { maxLength: 6 }), (due, basis_points, parts) => {
      let [refunded, clawed_back] = [0, 0]
      for (const part of parts) {
        refunded = Math.min(due, refunded + part)
        const back = clawBack({ due, refunded, basis_points, clawed_back })
        if (back < 0) return false
        clawed_back += back
      }
      return commissionOn(due, basis_points) - clawed_back === commissionOn(due - refunded, basis_points)
    }))
  })
})

describe("the nearest point", () => {
  const [west, lake, xixi] = [{ latitude: 30.2741, longitude: 120.1551, name: "武林" }, { latitude: 30.2592, longitude: 120.1388, name: "西湖" }, { latitude: 30.2728, longitude: 120.0601, name: "西溪" }]
  it("comes first, with the metres to it", () => {
    const sorted = byDistance([west, xixi, lake], { latitude: 30.26, longitude: 120.14 })
    expect(sorted.map(({ name }) => name)).toEqual(["西湖", "武林", "西溪"])
    expect(sorted[0]?.distance_m).toBeLessThan(200)
    expect(byDistance([xixi, west], null).map(({ name, distance_m }) => [name, distance_m])).toEqual([["西溪", null], ["武林", null]])
  })
  it("is always the driver's next, each once", () => {
    expect(runOrder([west, xixi, lake], xixi).map(({ name }) => name)).toEqual(["西溪", "西湖", "武林"])
    expect(runOrder([west, xixi, lake], null)).toHaveLength(3)
    expect(runOrder([], null)).toEqual([])
  })
})

describe("a pick-up code", () => {
  it("has six digits, also where the number is small, and says nothing of itself in its hash", () => {
    expect(newCode(() => 7)).toBe("000007")
    expect(newCode()).toMatch(/^\d{6}$/)
    expect(codeHash("a", "000007")).not.toBe(codeHash("b", "000007"))
    expect(codeHash("a", "000007")).not.toContain("000007")
  })
})

describe("a shortage", () => {
  const ordered = [{ participation_id: "first", quantity: 2, short: 0, joined_at: at(1) }, { participation_id: "last", quantity: 3, short: 1, joined_at: at(9) }]
  it("falls on whoever joined last, no one twice, and on nobody more than they ordered", () => {
    expect(spreadShortage(ordered, 1)).toEqual([{ participation_id: "last", pieces: 1 }])
    expect(spreadShortage(ordered, 3)).toEqual([{ participation_id: "last", pieces: 2 }, { participation_id: "first", pieces: 1 }])
    expect(spreadShortage(ordered, 99).reduce((sum, { pieces }) => sum + pieces, 0)).toBe(4)
  })
})
