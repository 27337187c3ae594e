import { AFTER_SALE_STATES, mayStep, mostFor } from "./after-sales"

const line = { quantity: 3, goods_amount: 1_000, pieces: 3, refunded_amount: 0 }

describe("what can go back for a line", () => {
  it("is what was paid for the pieces, to the last fen of the last one", () => {
    expect([1, 2, 3].map((pieces) => mostFor(line, pieces))).toEqual([333, 666, 1_000])
    expect(mostFor({ ...line, pieces: 1, refunded_amount: 666 }, 1)).toBe(334)
  })

  it("is not what the shop kept of pieces that went back before", () => {
    expect(mostFor({ ...line, pieces: 1, refunded_amount: 100 }, 1)).toBe(334)
  })

  it("is never more than is left of it, and never less than nothing", () => {
    expect(mostFor({ ...line, refunded_amount: 900 }, 1)).toBe(100)
    expect(mostFor({ ...line, refunded_amount: 1_200 }, 3)).toBe(0)
  })
})

describe("a step", () => {
  it("gives money back for goods once they are there, and for nothing else at once", () => {
    expect(AFTER_SALE_STATES.filter((state) => mayStep("refund", { kind: "return", state }))).toEqual(["received"])
    expect(AFTER_SALE_STATES.filter((state) => mayStep("refund", { kind: "refund", state }))).toEqual(["approved"])
    expect(AFTER_SALE_STATES.filter((state) => mayStep("refund", { kind: "exchange", state }))).toEqual([])
  })

  it("is taken back by the buyer until the goods are on their way", () => {
    expect(AFTER_SALE_STATES.filter((state) => mayStep("withdraw", { kind: "return", state }))).toEqual(["asked", "approved"])
    expect(mayStep("send-back", { kind: "refund", state: "approved" })).toBe(false)
  })
})
