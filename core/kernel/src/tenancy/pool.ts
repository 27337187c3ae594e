import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { currentPlugin } from "../plugin-host/running"
import { NO_TENANT, currentTenant } from "./context"
import { ForbiddenStatement, changesForWhom } from "./forbidden-statement"
import { rebinds, refusedQueries, strayWork } from "./stray"
import { describeUniqueViolation } from "./unique-violation"

const TENANT = Symbol("tenant")
const QUERY = Symbol("query")

type Callback = (error: unknown, result?: unknown) => void
type Connection = {
  query: (...args: unknown[]) => unknown
  [TENANT]: string | null
  [QUERY]: (...args: unknown[]) => unknown
  __knex__disposed?: unknown
}
type Free = { resource: Connection }
type Client = {
  acquireRawConnection: () => Promise<Connection>
  acquireConnection: () => Promise<Connection>
  releaseConnection: (c: Connection) => Promise<void>
  pool: { free: Free[] }
}

/** Thrown when a query would run on a connection bound to another tenant. Reaching it is a defect: nothing was sent. */
export class WrongTenantConnection extends Error {
  constructor(bound: string | null, wanted: string) {
    super(`The connection belongs to tenant "${bound ?? "(none yet)"}", the code runs for "${wanted}"`)
    this.name = "WrongTenantConnection"
  }
}

/** Binds every connection of the pool to the tenant of the code that takes it, and checks it again at every query. */
export function bindPoolToTenants(knex: Knex): void {
  const client = knex.client as Client
  checkEveryQuery(client)
  bindOnAcquire(client)
}

function checkEveryQuery(client: Client) {
  const acquireRaw = client.acquireRawConnection.bind(client)
  client.acquireRawConnection = async () => {
    const connection = await acquireRaw()
    const query = connection.query.bind(connection)
    connection[TENANT] = null
    connection[QUERY] = query
    connection.query = (...args) => {
      const wanted = currentTenant()
      const callback = args.at(-1)
      const plugin = currentPlugin()
      const forbidden = plugin !== null && changesForWhom(args[0])
      if (forbidden || connection[TENANT] !== wanted) {
        refusedQueries.inc()
        const error = forbidden ? new ForbiddenStatement(plugin) : new WrongTenantConnection(connection[TENANT], wanted)
        if (typeof callback !== "function") return Promise.reject(error)
        process.nextTick(callback as Callback, error)
        return undefined
      }
      if (typeof callback === "function") {
        args[args.length - 1] = (error: unknown, result: unknown) => {
          if (error) describeUniqueViolation(error)
          ;(callback as Callback)(error, result)
        }
        return query(...args)
      }
      const pending = query(...args)
      if (!(pending instanceof Promise)) return pending
      return pending.catch((error: unknown) => {
        describeUniqueViolation(error)
        throw error
      })
    }
    return connection
  }
}

function bindOnAcquire(client: Client) {
  const acquire = client.acquireConnection.bind(client)
  client.acquireConnection = async () => {
    const wanted = currentTenant()
    if (wanted === NO_TENANT) strayWork.inc()
    preferBoundTo(wanted, client.pool.free)
    const connection = await acquire()
    if (connection[TENANT] === wanted) return connection
    rebinds.inc()
    connection[TENANT] = null // unknown until Postgres has confirmed
    try {
      // Outside any transaction, so that a ROLLBACK does not bring the last tenant back.
      await connection[QUERY](`SET app.tenant_id = '${wanted}'`)
      connection[TENANT] = wanted
      return connection
    } catch (error) {
      connection.__knex__disposed = error // knex throws the connection away instead of handing it on
      await client.releaseConnection(connection)
      throw error
    }
  }
}

/**
 * Moves the free connection that fits best to the end, where the pool takes from: one already bound to the tenant,
 * else the one that rested longest. Taking the one released last would steal it from a request that is about to ask again.
 */
function preferBoundTo(tenant: string, free: Free[]) {
  if (free.length < 2) return
  let best = 0
  for (let i = free.length - 1; i >= 0; i--) {
    if (free[i]?.resource[TENANT] === tenant) {
      best = i
      break
    }
  }
  if (best === free.length - 1) return
  const [chosen] = free.splice(best, 1)
  if (chosen) free.push(chosen)
}
