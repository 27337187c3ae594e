import { distanceMetres } from "./distance"

describe("a distance", () => {
  it("is that of the surveyed way between two places, to half a per cent", () => {
    // 杭州 West Lake (Broken Bridge) to Leifeng Pagoda: 2.9 km. Beijing to Shanghai: 1,068 km.
    expect(distanceMetres({ latitude: 30.2596, longitude: 120.1484 }, { latitude: 30.2336, longitude: 120.1458 })).toBeCloseTo(2_902, -2)
    expect(distanceMetres({ latitude: 39.9042, longitude: 116.4074 }, { latitude: 31.2304, longitude: 121.4737 }) / 1_067_500).toBeCloseTo(1, 2)
  })

  it("is a quarter of the earth from the pole to the equator, half of it to the other side, and nothing to where one is", () => {
    expect(distanceMetres({ latitude: 90, longitude: 0 }, { latitude: 0, longitude: 77 })).toBe(10_007_557)
    expect(distanceMetres({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 })).toBe(20_015_114)
    expect(distanceMetres({ latitude: 30, longitude: 120 }, { latitude: 30, longitude: 120 })).toBe(0)
  })

  it("crosses the date line the short way", () => {
    expect(distanceMetres({ latitude: 0, longitude: 179.99 }, { latitude: 0, longitude: -179.99 })).toBeLessThan(2_300)
  })

  it("is as far there as back, a degree of latitude 111 km", () => {
    const [west, xixi] = [{ latitude: 30.2741, longitude: 120.1551 }, { latitude: 30.27, longitude: 120.063 }]
    expect(distanceMetres({ latitude: 30, longitude: 120 }, { latitude: 31, longitude: 120 })).toBe(111_195)
    expect(distanceMetres(west, xixi)).toBe(distanceMetres(xixi, west))
  })
})
