import { randomBytes } from "node:crypto"
import { asOwner } from "../databases"

/** Where the id of a path segment or property lives when its name does not say so. */
const TABLE_OF: Record<string, string> = {
  claim: "order_claim", campaign: "promotion_campaign", collection: "product_collection", exchange: "order_exchange", fulfillment_set: "fulfillment_set", "order-change": "order_change",
  draft_order: "order", order_edit: "order", api_key: "api_key", uploads: "upload", variant: "product_variant", payment_collection: "payment_collection",
  address: "customer_address", zone: "service_zone", image: "image", value: "product_option_value", option: "product_option", location: "stock_location",
  shipping_method: "cart_shipping_method", line: "cart_line_item", item: "order_line_item", line_item: "cart_line_item", action: "order_change_action", group: "customer_group", reservation: "reservation_item",
  type: "product_type", tag: "product_tag", category: "product_category", parent_category: "product_category", profile: "shipping_profile", method: "order_shipping_method",
  rule: "promotion_rule", view: "view_configuration", workflows_execution: "workflow_execution", layout: "layout_configuration", payment_session: "payment_session", level: "inventory_level",
  inventory: "inventory_item", provider: "auth_identity", order_item: "order_item", customer_address: "customer_address", capture: "capture",
}

export type TenantIds = {
  /** First id of each table. */
  byTable: Map<string, string>
  /** Every id the tenant has, for finding a leak. */
  all: Set<string>
}

/** All ids of a tenant, as the owner sees them. */
export async function idsOf(ownerUrl: string, tenant: string): Promise<TenantIds> {
  const tables = await asOwner<{ name: string }>(
    ownerUrl,
    "select c.relname::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'id' where n.nspname = 'public' and c.relkind = 'r' and tenancy.class_of(c.oid::regclass) = 'tenant'",
  )
  const union = tables.map(({ name }) => `select '${name}' as t, id::text as id from public."${name}" where tenant_id = $1`).join(" union all ")
  const rows = await asOwner<{ t: string; id: string }>(ownerUrl, union, [tenant])
  const byTable = new Map<string, string>()
  const all = new Set<string>()
  for (const { t, id } of rows) {
    if (!byTable.has(t)) byTable.set(t, id)
    if (id.length > 12) all.add(id)
  }
  return { byTable, all }
}

const singular = (word: string) => word.replace(/ies$/, "y").replace(/(?:([sx])es|([^s])s)$/, "$1$2")

/** The table that a path parameter or property name means, or null. */
export function tableFor(name: string, known: ReadonlySet<string>): string | null {
  const key = singular(name.replace(/_ids?$/, "").replaceAll("-", "_"))
  const table = TABLE_OF[key] ?? key
  return known.has(table) ? table : null
}

/** An id of the same shape that nobody has. */
export function randomLike(id: string): string {
  const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
  const fresh = [...randomBytes(26)].map((byte) => alphabet[byte % 32]).join("")
  const prefix = /^(.*_)/.exec(id)?.[1] ?? ""
  return prefix + fresh
}
