import { stateOf, stepsOf } from "./order-state"

const at = (hour: number) => `2026-11-25T${String(hour).padStart(2, "0")}:00:00.000Z`
const order = (fulfillments: object[], more: object = {}) => ({ status: "pending", created_at: at(1), payment_status: "authorized", fulfillments, ...more })

describe("the state of an order", () => {
  it.each([
    ["placed", order([])],
    ["packed", order([{ packed_at: at(2) }])],
    ["shipped", order([{ packed_at: at(2), shipped_at: at(3) }])],
    ["delivered", order([{ packed_at: at(2), shipped_at: at(3), delivered_at: at(4) }])],
    ["packed", order([{ packed_at: at(2), shipped_at: at(3) }, { packed_at: at(2) }])],
    ["placed", order([{ packed_at: at(2), canceled_at: at(3) }])],
    ["canceled", order([{ packed_at: at(2), canceled_at: at(3) }], { status: "canceled" })],
  ])("is %s", (state, each) => {
    expect(stateOf(each)).toBe(state)
  })

  it("shows each step with its time, and ends where it was cancelled", () => {
    expect(stepsOf(order([{ packed_at: at(2), shipped_at: at(3) }])).map(({ key, done, at: time }) => [key, done, time])).toEqual([
      ["placed", true, at(1)], ["payOnDelivery", false, null], ["packed", true, at(2)], ["shipped", true, at(3)], ["delivered", false, null],
    ])
    expect(stepsOf(order([], { payment_status: "captured", payment_collections: [{ payments: [{ captured_at: at(2) }] }] }))[1]).toEqual({ key: "paid", done: true, at: at(2) })
    expect(stepsOf(order([], { status: "canceled", canceled_at: at(5) }))).toEqual([{ key: "placed", done: true, at: at(1) }, { key: "canceled", done: true, at: at(5) }])
  })
})
