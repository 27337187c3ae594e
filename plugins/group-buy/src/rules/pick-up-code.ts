import { createHash, randomInt } from "node:crypto"

export const CODE_DIGITS = 6

/** Six random digits, also with zeros in front. */
export const newCode = (random: (below: number) => number = randomInt): string => String(random(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, "0")

/** What is kept of a code. The point is part of it: equal codes of two points have nothing in common. */
export const codeHash = (leader_id: string, code: string): string => createHash("sha256").update(`group-buy:${leader_id}:${code}`).digest("hex")
