/** The words of a refusal that loadPart threw; null where an error page has none. */
export function refusalIn(thrown: unknown): { text: string; hint: string } | null {
  const { text, hint } = (typeof thrown === "object" && thrown !== null ? thrown : {}) as { text?: unknown; hint?: unknown }
  return typeof text === "string" && typeof hint === "string" ? { text, hint } : null
}
