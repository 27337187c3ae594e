import { momentsOf } from "./after-sale-steps"

const T = "2026-01-01T00:00:00.000Z"
const fresh = { kind: "return", state: "asked", created_at: T, approved_at: null, sent_at: null, received_at: null, closed_at: null } as const
const keys = (way: Parameters<typeof momentsOf>[0]) => momentsOf(way).map(({ key, at }) => (at ? `${key}!` : key))

describe("the way of an after-sale request", () => {
  it("leads over the goods where they go back, and not where they stay", () => {
    expect(keys(fresh)).toEqual(["asked!", "approved", "sent_back", "received", "refunded"])
    expect(keys({ ...fresh, kind: "refund" })).toEqual(["asked!", "approved", "refunded"])
    expect(keys({ ...fresh, kind: "exchange", state: "done", approved_at: T, sent_at: T, received_at: T, closed_at: T }).at(-1)).toBe("exchanged!")
  })

  it("does not tell of sending where goods were brought, nor of anything after its end", () => {
    expect(keys({ ...fresh, state: "received", approved_at: T, received_at: T })).toEqual(["asked!", "approved!", "received!", "refunded"])
    expect(keys({ ...fresh, state: "refused", approved_at: T, closed_at: T })).toEqual(["asked!", "approved!", "refused!"])
    expect(keys({ ...fresh, state: "withdrawn", closed_at: T })).toEqual(["asked!", "withdrawn!"])
  })
})
