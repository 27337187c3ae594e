import { z } from "zod"
import { because } from "./schema-faults"

/** A mobile number of mainland China without blanks and country code. */
export const plainPhone = (value: string): string => value.replace(/[\s-]/g, "").replace(/^(?:\+|00)?86(?=1)/, "")

export const isMobilePhone = (value: string): boolean => /^1[3-9]\d{9}$/.test(plainPhone(value))

/** A mobile number as a person types it; comes out as eleven digits. */
export const mobilePhone = z.string().max(30).refine(isMobilePhone, because("不是 11 位手机号", "is no 11-digit mobile number")).transform(plainPhone)

/** 138****8000, for showing. */
export const maskPhone = (phone: string): string => phone.replace(/^(\d{3})\d{4}(\d{4})$/, "$1****$2")

/** The six digits of a text message. */
export const smsCode = z.string().trim().regex(/^\d{6}$/, because("应为 6 位数字", "must be six digits"))
