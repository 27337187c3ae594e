import type { LocalizedText } from "./localized"

/** Longest code that is looked up. */
export const COUPON_CODE_LENGTH = 40

/** A code as it is compared: full-width letters of a Chinese keyboard and spaces around it are the same code. */
export const tidyCouponCode = (typed: string): string => typed.normalize("NFKC").trim()

/** Why a coupon that was asked for takes nothing off now. */
export type CouponProblem = { code: string; text: LocalizedText; hint: LocalizedText }

/**
 * The coupon of a cart. Not `applied`, it waits: for the reason in `problem`, or with none for being asked for again.
 * `discount_amount` in fen, tax included where prices include it.
 */
export type CartCoupon = { code: string; applied: boolean; discount_amount: number; problem: CouponProblem | null }
