/** Rounds shares to whole numbers whose sum is the rounded sum: what is left over goes to those that lost most. */
export function wholeShares(shares: number[]): number[] {
  // A share that is whole but for the error of its division must not lose a piece.
  const exact = shares.map((share) => Number(share.toFixed(6)))
  const whole = exact.map(Math.floor)
  const sum = Math.round(Number(exact.reduce((total, share) => total + share, 0).toFixed(6)))
  let left = sum - whole.reduce((total, share) => total + share, 0)
  const byLoss = exact.map((share, i) => ({ i, loss: share - Math.floor(share) })).sort((x, y) => y.loss - x.loss || x.i - y.i)
  for (const { i } of byLoss) {
    if (left-- <= 0) break
    whole[i] = (whole[i] ?? 0) + 1
  }
  return whole
}
