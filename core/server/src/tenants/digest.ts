import { createHash } from "node:crypto"

/** Digest of a value, kept beside what was made from it: an unchanged value is left alone, whatever a merchant edited since. The order of keys does not count: jsonb does not keep it. */
export const digest = (value: unknown): string => createHash("sha256").update(JSON.stringify(value, sortedKeys)).digest("hex").slice(0, 16)

const sortedKeys = (_key: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value
