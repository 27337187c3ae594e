import { wrapLines } from "./wrap-lines"

/** A Chinese character is as wide as two letters. */
const measure = (line: string) => [...line].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e7f ? 2 : 1), 0)
const wrap = (text: string, width: number, most = 9) => wrapLines(text, measure, width, most)

describe("lines of a text", () => {
  it("break between Chinese characters, and of other words between them", () => {
    expect(wrap("现摘草莓五斤装", 6)).toEqual(["现摘草", "莓五斤", "装"])
    expect(wrap("Fresh red strawberries", 12)).toEqual(["Fresh red", "strawberries"])
    expect(wrap("草莓 iPhone 装", 8)).toEqual(["草莓", "iPhone", "装"])
  })

  it("are as wide as there is room, to the last unit", () => {
    expect([wrap("草莓草", 6), wrap("草莓草", 5)]).toEqual([["草莓草"], ["草莓", "草"]])
  })

  it("cut a word that no line has room for, and never an emoji", () => {
    expect(wrap("abcdefgh", 3)).toEqual(["abc", "def", "gh"])
    expect(wrap("🍓🍓🍓", 5)).toEqual(["🍓🍓", "🍓"])
  })

  it("end with an ellipsis where there are too many, and without one where they just fit", () => {
    expect(wrap("现摘草莓五斤装", 6, 2)).toEqual(["现摘草", "莓五…"])
    expect(wrap("现摘草莓五斤", 6, 2)).toEqual(["现摘草", "莓五斤"])
    expect(wrap("", 6, 2)).toEqual([])
  })
})
