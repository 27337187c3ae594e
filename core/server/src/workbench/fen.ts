/** An amount of Medusa's, in major units, as whole fen. */
export const toFen = (amount: unknown): number => Math.round(Number(amount) * 100)

/** Whole fen in Medusa's major units. */
export const fromFen = (fen: number): number => fen / 100
