import { z } from "zod"

export const LOCALES = ["zh-CN", "en"] as const
export type Locale = (typeof LOCALES)[number]

/** A text in every language the platform speaks. Chinese is the original, English is complete. */
export const localizedText = z.strictObject({ "zh-CN": z.string().min(1).max(5000), en: z.string().min(1).max(5000) })
export type LocalizedText = z.infer<typeof localizedText>
