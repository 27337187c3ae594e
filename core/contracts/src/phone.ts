import { z } from "zod"
import { isMobilePhone, plainPhone } from "./phone-number"
import { because } from "./schema-faults"

/** A mobile number as a person types it; comes out as eleven digits. */
export const mobilePhone = z.string().max(30).refine(isMobilePhone, because("不是 11 位手机号", "is no 11-digit mobile number")).transform(plainPhone)

/** The six digits of a text message. */
export const smsCode = z.string().trim().regex(/^\d{6}$/, because("应为 6 位数字", "must be six digits"))
