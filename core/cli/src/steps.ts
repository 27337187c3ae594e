import { FangshiError } from "@fangshi/contracts"

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

/** Runs one step and prints one line with its time; a failed one says what failed and what to do. */
export async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const from = Date.now()
  try {
    const result = await work()
    console.log(`✓ ${name}  ${seconds(Date.now() - from)}`)
    return result
  } catch (error) {
    console.error(`✗ ${name}  ${seconds(Date.now() - from)}`)
    throw error
  }
}

/** Workflows reject with plain objects that carry a message, or with a list of them. */
function messageOf(error: unknown): string {
  if (Array.isArray(error)) return error.map(messageOf).join("\n  ")
  const { message, error: inner } = (error ?? {}) as { message?: unknown; error?: unknown }
  if (typeof message === "string") return message
  return inner === undefined ? String(error) : messageOf(inner)
}

/** What a person reads when a command fails: code, both languages, hint. The stack only on request. */
export function printError(error: unknown): void {
  if (error instanceof FangshiError) {
    const { code, text, hint } = error.toJSON()
    console.error(`\n${code}\n  ${text["zh-CN"]}\n  ${text.en}\n  → ${hint["zh-CN"]}\n  → ${hint.en}`)
  } else {
    console.error(`\nINTERNAL\n  ${messageOf(error)}`)
    console.error("  → 重新运行；仍失败请带上 .data/logs 报告。\n  → Run it again; if it fails again, report it with .data/logs.")
  }
  if (process.env.FANGSHI_DEBUG) console.error(error)
}
