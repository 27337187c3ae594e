import { maskName } from "./reviews"

describe("a masked name", () => {
  it.each([["张小满", "张**"], [" 王 ", "王**"], ["Ann", "A**"], ["𠮷野", "𠮷**"], ["", null], ["  ", null]])("of “%s” is %s", (name, masked) => expect(maskName(name)).toBe(masked))
})
