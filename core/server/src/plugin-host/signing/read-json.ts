import { readFileSync } from "node:fs"
import { FangshiError } from "@fangshi/contracts"
import type { z } from "zod"

/** A file of JSON as its schema says. Throws PLUGIN_FILE_UNREADABLE with what is wrong with it. */
export function readJson<S extends z.ZodType>(file: string, schema: S): z.output<S> {
  try {
    return parseJson(readFileSync(file, "utf8"), schema, file)
  } catch (error) {
    if (error instanceof FangshiError) throw error
    throw unreadable(file, "没有这个文件，或没有权限", "not found, or not allowed")
  }
}

/** The same for what is read already; `file` is how it is called in an error. */
export function parseJson<S extends z.ZodType>(text: string, schema: S, file: string): z.output<S> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw unreadable(file, "不是 JSON", "no JSON")
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const at = parsed.error.issues[0]?.path.join(".") || "?"
  throw unreadable(file, `${at} 不正确`, `${at} is not valid`)
}

const unreadable = (file: string, zh: string, en: string) => new FangshiError("PLUGIN_FILE_UNREADABLE", { file, problem: { "zh-CN": zh, en } })
