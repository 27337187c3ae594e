import { z } from "zod"
import type { LocalizedText } from "./localized"

/** Where a value is wrong, as a path such as sections.2.settings.link, and why. */
export type Fault = { path: string; problem: LocalizedText }

/** Reasons a schema gives in its own words: the message in English, the Chinese one beside it. */
export const because = (zh: string, en: string) => ({ message: en, params: { "zh-CN": zh } })

/** Checks a value; what is wrong comes in both languages. `at` leads the paths. */
export function checkValue<S extends z.ZodType>(schema: S, value: unknown, at: string[] = []): { ok: true; value: z.output<S> } | { ok: false; faults: Fault[] } {
  const parsed = schema.safeParse(value)
  if (parsed.success) return { ok: true, value: parsed.data }
  const chinese = schema.safeParse(value, { error: z.locales.zhCN().localeError }).error?.issues ?? []
  return {
    ok: false,
    faults: parsed.error.issues.map((issue, i) => ({
      path: [...at, ...issue.path.map(String)].join("."),
      problem: { "zh-CN": chineseOf(issue) ?? chinese[i]?.message ?? issue.message, en: issue.message },
    })),
  }
}

const chineseOf = (issue: z.core.$ZodIssue): string | undefined => (issue.code === "custom" ? (issue.params?.["zh-CN"] as string | undefined) : undefined)
