import { z } from "zod"
import { because } from "./schema-faults"

export const PASSWORD_LENGTH = { min: 8, max: 64 }

/** Long enough, and neither a birthday nor a telephone number nor one key pressed again and again. */
export const isGoodPassword = (password: string): boolean =>
  password.length >= PASSWORD_LENGTH.min && password.length <= PASSWORD_LENGTH.max && !/^\d+$/.test(password) && !/^(.)\1+$/u.test(password)

/** A password a member chooses. */
export const newPassword = z.string().refine(isGoodPassword, because("要 8 到 64 位,不能只有数字", "needs 8 to 64 characters and not only digits"))
