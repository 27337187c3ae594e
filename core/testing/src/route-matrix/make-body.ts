/** What a generated body is filled with. */
export type Fill = {
  /** Ids for a property, e.g. "product_id" or "ids" → one or two ids. */
  idsFor: (property: string) => string[]
  /** What texts consist of. */
  word: string
}

type Schema = {
  $ref?: string
  $defs?: Record<string, Schema>
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  format?: string
}

const DEEPEST = 4

/** A body that satisfies a JSON Schema as far as can be, every id in it taken from `fill`. `full`: optional fields too. */
export function makeBody(schema: unknown, fill: Fill, full: boolean): unknown {
  const root = (schema ?? {}) as Schema
  return value(root, root, "", fill, full, 0)
}

function value(s: Schema, root: Schema, name: string, fill: Fill, full: boolean, depth: number): unknown {
  const schema = s.$ref ? (root.$defs?.[s.$ref.split("/").at(-1) ?? ""] ?? {}) : s
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const choice = (schema.anyOf ?? schema.oneOf)?.find((option) => option.type !== "null")
  if (choice) return value(choice, root, name, fill, full, depth)
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => value(part, root, name, fill, full, depth))) as unknown
  const type = Array.isArray(schema.type) ? schema.type.find((t) => t !== "null") : schema.type
  switch (type) {
    case "object":
      return object(schema, root, fill, full, depth)
    case "array":
      return array(schema, root, name, fill, full, depth)
    case "number":
    case "integer":
      return 1
    case "boolean":
      return false
    default:
      return text(name, schema.format, fill)
  }
}

function object(schema: Schema, root: Schema, fill: Fill, full: boolean, depth: number) {
  const required = new Set(schema.required ?? [])
  const fields = Object.entries(schema.properties ?? {}).filter(([key]) => required.has(key) || (full && depth < DEEPEST))
  return Object.fromEntries(fields.map(([key, field]) => [key, value(field, root, key, fill, full, depth + 1)]))
}

function array(schema: Schema, root: Schema, name: string, fill: Fill, full: boolean, depth: number) {
  const items = schema.items ?? {}
  const type = Array.isArray(items.type) ? items.type[0] : items.type
  // Own and foreign ids mixed: one bad apple must not open the basket.
  if (type === "string" && isId(name)) return fill.idsFor(name)
  return [value(items, root, name, fill, full, depth + 1)]
}

const isId = (name: string) => /(?:^|_)ids?$/.test(name) || ["add", "remove", "delete", "items", "sales_channels"].includes(name)

function text(name: string, format: string | undefined, fill: Fill): string {
  if (isId(name)) return fill.idsFor(name)[0] ?? "x"
  if (format === "date-time") return "2030-01-01T00:00:00.000Z"
  if (name.includes("email")) return "someone@matrix.example"
  if (name.includes("currency")) return "cny"
  if (name.includes("country")) return "cn"
  if (name.endsWith("_at") || name.includes("date")) return "2030-01-01T00:00:00.000Z"
  return fill.word
}
