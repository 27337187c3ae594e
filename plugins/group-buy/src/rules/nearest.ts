import { type Position, distanceMetres } from "@fangshi/contracts"

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
