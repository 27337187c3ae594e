import { z } from "zod"
import { isGoodPassword } from "./password"
import { because } from "./schema-faults"

/** A password a member chooses. */
export const newPassword = z.string().refine(isGoodPassword, because("要 8 到 64 位，不能只有数字", "needs 8 to 64 characters and not only digits"))
