import path from "node:path"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { currentTenant, enterTenant, runAsPlatform } from "../context"
import { type Wrap, type WrappedHost, expectSeam, wrapMethod } from "../seam"

type Store = Record<string, unknown>
/** Express's prototypes of every request and answer; its types leave them out. */
type Prototypes = { request: object; response: object }
type Session = { cookie: { expires?: Date | null } }
type Done = (error?: unknown, session?: Session | null) => void
type SessionOptions = { store: object | null; resave: boolean }
type ExpressSession = ((options: SessionOptions) => unknown) & { Store: new () => object; MemoryStore: new () => object }
type ExpressLoader = (options: object) => Promise<{ shutdown: () => Promise<void> }>

const STORE = Symbol("sessionStore")
const METHODS = ["get", "set", "destroy", "touch"]
const REMOVAL_MS = 10 * 60_000
/** For a cookie without an end of its own; as long as Medusa's. */
const LIFE_MS = 10 * 60 * 60_000

const http = path.dirname(require.resolve("@medusajs/framework/http"))
const LOADER = path.join(http, "express-loader.js")
const LIBRARY = require.resolve("express-session", { paths: [http] })
// eslint-disable-next-line @typescript-eslint/no-require-imports -- the copy that Medusa loads
const expressSession = require(LIBRARY) as ExpressSession

/**
 * Sessions as rows of the current tenant. They end when their cookie does, counted from the login: nothing is written
 * for a request that only reads, so there is no touch().
 */
class SessionTable extends expressSession.Store {
  private readonly timer = setInterval(() => void this.removeExpired(), REMOVAL_MS).unref()

  constructor(private readonly knex: Knex) {
    super()
    void this.removeExpired()
  }

  get(sid: string, done: Done): void {
    const row = this.knex.raw<{ rows: { data: Session }[] }>("select data from tenancy.session where tenant_id = ? and sid = ? and expires_at > now()", [currentTenant(), sid])
    row.then(({ rows }) => done(null, rows[0]?.data ?? null), done)
  }

  set(sid: string, session: Session, done: Done): void {
    const values = [currentTenant(), sid, JSON.stringify(session), session.cookie.expires ?? new Date(Date.now() + LIFE_MS)]
    this.knex
      .raw("insert into tenancy.session (tenant_id, sid, data, expires_at) values (?, ?, ?, ?) on conflict (tenant_id, sid) do update set data = excluded.data, expires_at = excluded.expires_at", values)
      .then(() => done(), done)
  }

  destroy(sid: string, done: Done): void {
    this.knex.raw("delete from tenancy.session where tenant_id = ? and sid = ?", [currentTenant(), sid]).then(() => done(), done)
  }

  /** Of all shops. A failure is left to the next round: an expired row opens nothing. */
  async removeExpired(): Promise<void> {
    await runAsPlatform(() => this.knex.raw("delete from tenancy.session where expires_at <= now()")).catch(() => undefined)
  }

  stop(): void {
    clearInterval(this.timer)
  }
}

/** Medusa's loader of Express once more, given `library` where it asks for express-session: its options name no store but Redis and DynamoDB. */
function loaderWith(library: unknown): ExpressLoader {
  const [loader, session] = [require.cache[LOADER], require.cache[LIBRARY]]
  if (!loader || !session) throw new Error("Medusa does not use express-session any more")
  delete require.cache[LOADER]
  session.exports = library
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an internal file has no import path
    return (require(LOADER) as { expressLoader: ExpressLoader }).expressLoader
  } finally {
    session.exports = expressSession
    require.cache[LOADER] = loader
  }
}

/** Where Medusa would keep sessions in the memory of the process, they are kept in Postgres. */
function keepInPostgres({ container }: WrappedHost) {
  let table: SessionTable | undefined
  const library = new Proxy(expressSession, {
    apply: (original, self, [options]: [SessionOptions]) => {
      if (options.store) return original.call(self, options)
      table = new SessionTable(container.resolve(ContainerRegistrationKeys.PG_CONNECTION) as unknown as Knex)
      // Medusa would save every session again with every request.
      return original.call(self, { ...options, store: table, resave: false })
    },
  })
  const load = loaderWith(library)
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an internal file has no import path
  wrapMethod(sessions.seam, require(LOADER) as object, "expressLoader", () => async (options: object) => {
    const loaded = await load(options)
    return { ...loaded, shutdown: async () => (table?.stop(), loaded.shutdown()) }
  })
}

const scoped = new WeakSet<object>()

/** For Redis, whose keys are the same in every shop. Rows have their tenant. */
function scope(store: Store) {
  if (scoped.has(store) || store instanceof SessionTable) return
  scoped.add(store)
  for (const name of METHODS) {
    const method = store[name]
    if (typeof method !== "function") continue
    store[name] = function (this: unknown, sid: string, ...rest: unknown[]) {
      return (method as (...args: unknown[]) => unknown).call(this, `${currentTenant()}:${sid}`, ...rest)
    }
  }
}

/** express-session puts its store on every request; the setter is where we meet it. */
export const sessions: Wrap = {
  name: "sessions",
  reason: "The session store is one for all shops: a session id of shop A opened the same session in shop B. In memory, a restart logged everybody out.",
  seam: "@medusajs/framework http/express-loader.js, express-session req.sessionStore",
  beforeLoad: (host) => {
    keepInPostgres(host)
    Object.defineProperty((host.app as unknown as Prototypes).request, "sessionStore", {
      configurable: true,
      get(this: { [STORE]?: Store }) {
        return this[STORE]
      },
      set(this: { [STORE]?: Store }, store: Store) {
        scope(store)
        this[STORE] = store
      },
    })
  },
  verify: ({ app }) => {
    const { request, response } = app as unknown as Prototypes
    const seen: string[] = []
    const asked = Object.create(request) as { sessionStore: { get(sid: string): void } }
    asked.sessionStore = { get: (sid) => void seen.push(sid) }
    enterTenant("wrap-one", () => asked.sessionStore.get("sid"))
    expectSeam(seen[0] === "wrap-one:sid", "session ids are not prefixed with the tenant")
    const layer = (app._router.stack as { name: string; handle: (...args: unknown[]) => void }[]).find(({ name }) => name === "session")
    expectSeam(layer !== undefined, "Medusa does not use express-session any more")
    const passing = Object.assign(Object.create(request) as { sessionStore?: object }, { url: "/", headers: {} })
    layer.handle(passing, Object.create(response), () => undefined)
    expectSeam(passing.sessionStore !== undefined && !(passing.sessionStore instanceof expressSession.MemoryStore), "sessions are kept in the memory of the process")
  },
}
