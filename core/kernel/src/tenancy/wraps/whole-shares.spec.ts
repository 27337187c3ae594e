import { wholeShares } from "./whole-shares"

describe("shares of a discount", () => {
  it("add up to the whole, what is left over going to those that lost most", () => {
    expect(wholeShares([333.4, 333.3, 333.3])).toEqual([334, 333, 333])
    expect(wholeShares([0.5, 0.5, 0.5, 0.5])).toEqual([1, 1, 0, 0])
    expect(wholeShares([98.5])).toEqual([99])
    expect(wholeShares([])).toEqual([])
  })

  it("lose nothing where they are whole but for the error of a division", () => {
    expect(wholeShares([99.99999999, 200.00000001])).toEqual([100, 200])
  })
})
