type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

const LONE_SURROGATE = /\p{Surrogate}/u

/**
 * The one way to write a value down, so that a signature made here is found right everywhere: RFC 8785. Keys in the order of
 * their UTF-16 units, no spaces, numbers and strings as ECMAScript writes them. Throws TypeError for what JSON cannot say
 * (NaN, a function, half a surrogate pair); a key whose value is undefined is not there.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "boolean") return String(value)
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError(`${value} is no JSON`)
    return JSON.stringify(value)
  }
  if (typeof value === "string") {
    if (LONE_SURROGATE.test(value)) throw new TypeError("half a surrogate pair is no JSON")
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(",")}]`
  if (typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) throw new TypeError(`a ${typeof value} is no JSON`)
  const entries = Object.entries(value as Record<string, Json | undefined>).filter(([, each]) => each !== undefined)
  return `{${entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => `${canonicalJson(key)}:${canonicalJson(each)}`).join(",")}}`
}
