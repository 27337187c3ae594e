/** Degrees of latitude and longitude. */
export type Position = { latitude: number; longitude: number }

/** Mean radius of the earth after IUGG (Moritz, Geodetic Reference System 1980), in metres. */
const EARTH_RADIUS_M = 6_371_008.8

const radians = (degrees: number) => (degrees * Math.PI) / 180

/**
 * Metres between two positions along the surface, by the haversine formula, which stays exact for short ways (R. W. Sinnott,
 * “Virtues of the Haversine”, Sky and Telescope 68, 1984, page 159). The earth is taken for a sphere: off by half a per cent at most.
 */
export function distanceMetres(from: Position, to: Position): number {
  const north = Math.sin(radians(to.latitude - from.latitude) / 2)
  const east = Math.sin(radians(to.longitude - from.longitude) / 2)
  const a = north * north + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * east * east
  return Math.round(2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(a))))
}
