import { bindPoolToTenants } from "@fangshi/kernel/src/tenancy/pool"
import { type Knex, knex } from "@medusajs/framework/mikro-orm/knex"

/** A pool of the server's role whose connections know their tenant, as the host's, without loading a host. Whoever opens it destroys it. */
export function openAppPool(appUrl: string, max: number): Knex {
  const pool = knex({ client: "pg", connection: appUrl, pool: { min: 0, max } })
  bindPoolToTenants(pool)
  return pool
}
