/** Mixes two #rrggbb colours; share 0 gives the first, 1 the second. */
export function mix(from: string, to: string, share: number): string {
  const channel = (hex: string, at: number) => Number.parseInt(hex.slice(at, at + 2), 16)
  return `#${[1, 3, 5].map((at) => Math.round(channel(from, at) * (1 - share) + channel(to, at) * share).toString(16).padStart(2, "0")).join("")}`
}

/** A lighter tone of a #rrggbb colour; share 1 is white. */
export const light = (colour: string, share: number): string => mix(colour, "#ffffff", share)

/** A darker tone of a #rrggbb colour. It leans towards deep blue, because a shade of plain black looks dirty. */
export const dark = (colour: string, share: number): string => mix(colour, "#14122b", share)
