/** Fen to the decimal amount Medusa keeps for CNY. Exact: two decimals of an integer. */
export const toMajorUnits = (fen: number): number => Number((fen / 100).toFixed(2))
