/** Degrees. */
export type Position = { latitude: number; longitude: number }

/** Mean radius of the earth after IUGG, in metres. */
const EARTH_RADIUS_M = 6_371_008.8
const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Metres along the surface by the haversine formula (R. W. Sinnott, “Virtues of the Haversine”, Sky and Telescope 68, 1984, page 159). */
export function distanceMetres(from: Position, to: Position): number {
  const north = Math.sin(radians(to.latitude - from.latitude) / 2)
  const east = Math.sin(radians(to.longitude - from.longitude) / 2)
  const a = north * north + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * east * east
  return Math.round(2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(a))))
}

/** The nearest first; without a position in the order they came, `distance_m` null. */
export const byDistance = <P extends Position>(points: readonly P[], from: Position | null): (P & { distance_m: number | null })[] =>
  points.map((point) => ({ ...point, distance_m: from && distanceMetres(from, point) })).sort((a, b) => (a.distance_m ?? 0) - (b.distance_m ?? 0))

/** A way through all stops: always on to the nearest that is left. `leg_m` from the stop before. */
export function runOrder<P extends Position>(stops: readonly P[], start: Position | null): (P & { leg_m: number })[] {
  const left = [...stops]
  const way: (P & { leg_m: number })[] = []
  let at: Position | null = start ?? left[0] ?? null
  while (at && left.length) {
    const from: Position = at
    const legs = left.map((stop) => distanceMetres(from, stop))
    const leg_m = Math.min(...legs)
    const [next] = left.splice(legs.indexOf(leg_m), 1)
    if (!next) break
    way.push({ ...next, leg_m })
    at = next
  }
  return way
}
