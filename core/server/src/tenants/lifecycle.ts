import { FangshiError, type TenantStatus } from "@fangshi/contracts"
import { runAsPlatform } from "@fangshi/kernel/src/tenancy/context"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** suspend ⇄ resume; archive is final. Nothing deletes data. */
const FROM: Record<"active" | "suspended" | "archived", TenantStatus[]> = {
  active: ["suspended", "active"],
  suspended: ["active", "suspended"],
  archived: ["active", "suspended", "archived"],
}

/** Moves a tenant to another state; repeating it changes nothing. Throws TENANT_UNKNOWN, TENANT_ARCHIVED, TENANT_TRANSITION_REFUSED. */
export async function setTenantStatus(knex: Knex, id: string, to: keyof typeof FROM): Promise<void> {
  await runAsPlatform(async () => {
    const { rows } = await knex.raw<{ rows: { status: TenantStatus }[] }>(
      "update tenancy.tenant set status = ?, updated_at = now() where id = ? and status = any(?::text[]) and id not like '\\_\\_%' returning status",
      [to, id, FROM[to]],
    )
    if (rows.length) return
    const { rows: found } = await knex.raw<{ rows: { status: TenantStatus }[] }>("select status from tenancy.tenant where id = ? and id not like '\\_\\_%'", [id])
    const from = found[0]?.status
    if (!from) throw new FangshiError("TENANT_UNKNOWN", { tenant: id })
    if (from === "archived") throw new FangshiError("TENANT_ARCHIVED", { tenant: id })
    throw new FangshiError("TENANT_TRANSITION_REFUSED", { tenant: id, from, to })
  })
}
