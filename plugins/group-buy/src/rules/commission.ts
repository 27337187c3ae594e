const WHOLE = 10_000

/** A leader's share of what a customer pays, in fen; part of a fen is the shop's. */
export const commissionOn = (amount: number, basis_points: number): number => (amount > 0 ? Math.floor((amount * basis_points) / WHOLE) : 0)

/** Fen to take back of a commission after `refunded` of `due` went back to the customer, when `clawed_back` was taken already. Never negative, never more than is left. */
export function clawBack({ due, refunded, basis_points, clawed_back }: { due: number; refunded: number; basis_points: number; clawed_back: number }): number {
  const left = commissionOn(due, basis_points) - clawed_back
  return Math.max(0, Math.min(left, left - commissionOn(due - refunded, basis_points)))
}
