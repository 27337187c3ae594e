export type Ordered = { participation_id: string; quantity: number; short: number; joined_at: Date }

/** Who goes without when `pieces` are missing: whoever joined last, and of one basket as little as needed. */
export function spreadShortage(ordered: readonly Ordered[], pieces: number): { participation_id: string; pieces: number }[] {
  const lots: { participation_id: string; pieces: number }[] = []
  let missing = pieces
  for (const { participation_id, quantity, short } of [...ordered].sort((a, b) => b.joined_at.getTime() - a.joined_at.getTime() || (a.participation_id < b.participation_id ? 1 : -1))) {
    const take = Math.min(missing, quantity - short)
    if (take > 0) lots.push({ participation_id, pieces: take })
    missing -= take
    if (missing <= 0) break
  }
  return lots
}
