import type { Host } from "@fangshi/server"

/** Counts of the connection pool, and the tenant each connection carries when code without a tenant takes all of them at once; none are taken while the pool is in use. */
export type PoolState = { used: number; waiting: number; max: number; tenants: string[] }

type Connection = { query(sql: string): Promise<{ rows: { tenant: string | null }[] }> }
type Client = {
  pool: { numUsed(): number; numPendingAcquires(): number; max: number }
  acquireConnection(): Promise<Connection>
  releaseConnection(connection: Connection): Promise<void>
}

export async function poolState(knex: Host["knex"]): Promise<PoolState> {
  const client = knex.client as Client
  const state = { used: client.pool.numUsed(), waiting: client.pool.numPendingAcquires(), max: client.pool.max }
  if (state.used + state.waiting > 0) return { ...state, tenants: [] }
  const connections = await Promise.all(Array.from({ length: state.max }, () => client.acquireConnection()))
  try {
    const answers = await Promise.all(connections.map((connection) => connection.query("select current_setting('app.tenant_id', true) as tenant")))
    return { ...state, tenants: answers.map(({ rows }) => rows[0]?.tenant ?? "(never set)") }
  } finally {
    await Promise.all(connections.map((connection) => client.releaseConnection(connection)))
  }
}
