import { type PickUpPoint, type Position, type ShownPoint, distanceMetres, findProvince } from "@fangshi/contracts"

/** Where somebody is: a position, else what their address says. */
export type Whereabouts = { position: Position | null; province: string; city: string; district: string }

const KIND = /(?:自治县|自治州|地区|市辖区|新区|市|区|县|盟|旗)$/
const short = (name: string) => {
  const plain = name.trim().toLowerCase()
  const without = plain.replace(KIND, "")
  // 沙县 without its last character would be one that many names begin with.
  return without.length > 1 ? without : plain
}
const same = (one: string, other: string) => one.trim() !== "" && short(one) === short(other)

/** 3 for the same district, 2 for the city, 1 for the province, 0 for elsewhere. */
function closeness({ province, city, district }: Whereabouts, point: PickUpPoint): number {
  if (province && findProvince(province)?.name !== findProvince(point.province)?.name) return 0
  if (same(city, point.city)) return same(district, point.district) ? 3 : 2
  return province ? 1 : 0
}

/** The nearest first where the position is known; else those of the address's district, city and province, and then by name. */
export function sortPoints<P extends PickUpPoint & { id: string }>(points: P[], where: Whereabouts): (P & Pick<ShownPoint, "distance_m">)[] {
  const { position } = where
  return points
    .map((point) => ({ ...point, distance_m: position ? distanceMetres(position, point) : null }))
    .sort((x, y) => (x.distance_m ?? 0) - (y.distance_m ?? 0) || (position ? 0 : closeness(where, y) - closeness(where, x)) || x.name["zh-CN"].localeCompare(y.name["zh-CN"], "zh-CN") || (x.id < y.id ? -1 : 1))
}
