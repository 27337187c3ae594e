import { QueryBuilder } from "@medusajs/framework/mikro-orm/knex"
import { type SeamUse, type Wrap, expectSeam, wrapMethod } from "../seam"

type Builder = { mainAlias: { metadata: { primaryKeys: string[] } } }
const prototype = QueryBuilder.prototype as unknown as { onConflict(this: Builder, fields?: unknown): unknown }

let use: SeamUse = { calls: 0 }

/** The conflict target of an upsert: a key of several columns carries the tenant, as its primary key in Postgres does. */
function conflictTarget(metadata: { primaryKeys: string[] }, fields: unknown): unknown {
  const { primaryKeys } = metadata
  if (primaryKeys.length < 2 || !Array.isArray(fields) || fields.length !== primaryKeys.length) return fields
  return primaryKeys.every((key) => fields.includes(key)) ? ["tenant_id", ...(fields as string[])] : fields
}

/** Links between modules are written as upserts on the pair of ids. */
export const upserts: Wrap = {
  name: "upserts",
  reason: "A link that shop B has answered shop A differently from one that nobody has: its key was unique over the platform.",
  seam: "@mikro-orm/knex query/QueryBuilder onConflict",
  beforeLoad: () => {
    use = wrapMethod(upserts.seam, prototype, "onConflict", (original) => function (this: Builder, fields?: unknown) {
      return original.call(this, conflictTarget(this.mainAlias.metadata, fields)) as unknown
    })
  },
  verify: () => {
    const builder = { mainAlias: { metadata: { primaryKeys: ["a_id", "b_id"], properties: {} } }, ensureNotFinalized: () => undefined, _onConflict: [] as { fields: string[] }[] }
    const before = use.calls
    prototype.onConflict.call(builder, ["a_id", "b_id"])
    expectSeam(use.calls > before && builder._onConflict[0]?.fields.join() === "tenant_id,a_id,b_id", "an upsert's conflict target leaves out the tenant")
  },
}
