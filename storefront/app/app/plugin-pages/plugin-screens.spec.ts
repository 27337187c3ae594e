import { mayOpen } from "./plugin-screens"

const me = (role: "owner" | "manager" | "clerk", merchant: { id: string; name: string } | null = null) => ({ name: "小满", role, merchant })

describe("a plugin's screen", () => {
  it("is open to owners and managers of the whole shop, to whom alone the shop API answers", () => {
    expect([me("owner"), me("manager"), me("clerk"), me("owner", { id: "mer_1", name: "果园" })].map((each) => mayOpen(each, {}))).toEqual([true, true, false, false])
  })

  it("with a duty is open to those who have it", () => {
    expect([me("owner"), me("manager")].map((each) => mayOpen(each, { duty: "merchants" }))).toEqual([true, false])
  })
})
