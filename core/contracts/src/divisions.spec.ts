import { allProvinces, findProvince, isPlace } from "./divisions"

describe("a place", () => {
  it.each([["浙江省", "杭州市"], ["浙江", "杭州"], ["Zhejiang", "Hangzhou"], ["广西", "桂林市"], ["新疆维吾尔自治区", "喀什地区"], ["北京", "北京市"]])("is known: %s %s", (province, city) => {
    expect(isPlace(province, city)).toBe(true)
  })

  it.each([["浙江省", "苏州市"], ["杭州", "杭州"], ["浙江省", "上城区"], ["Atlantis", "Hangzhou"], ["", ""]])("is not known: %s %s", (province, city) => {
    expect(isPlace(province, city)).toBe(false)
  })

  it("is in one of 31 provinces, and no city stands in two of them", () => {
    expect(allProvinces()).toHaveLength(31)
    const cities = allProvinces().flatMap((each) => each.cities)
    expect(new Set(cities).size).toBe(cities.length)
    expect(findProvince("Shaanxi")?.cities).toContain("西安市")
  })
})
