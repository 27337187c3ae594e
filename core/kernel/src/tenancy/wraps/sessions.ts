import { currentTenant, enterTenant } from "../context"
import { type Wrap, expectSeam } from "../seam"

type Store = Record<string, unknown>
/** Express's prototype of every request; its types leave it out. */
type WithRequest = { request: object }
const STORE = Symbol("sessionStore")
const METHODS = ["get", "set", "destroy", "touch"]

const scoped = new WeakSet<object>()

function scope(store: Store) {
  if (scoped.has(store)) return
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
  reason: "The session store is one for all shops: a session id of shop A opened the same session in shop B.",
  seam: "express-session req.sessionStore",
  beforeLoad: ({ app }) => {
    Object.defineProperty((app as unknown as WithRequest).request, "sessionStore", {
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
    const seen: string[] = []
    const request = Object.create((app as unknown as WithRequest).request) as { sessionStore: { get(sid: string): void } }
    request.sessionStore = { get: (sid) => void seen.push(sid) }
    enterTenant("wrap-one", () => request.sessionStore.get("sid"))
    expectSeam(seen[0] === "wrap-one:sid", "session ids are not prefixed with the tenant")
    expectSeam(
      app._router.stack.some((layer: { name: string }) => layer.name === "session") || hasSessionInside(app),
      "Medusa does not use express-session any more",
    )
  },
}

const hasSessionInside = (app: { _router: { stack: { name: string; handle?: { toString(): string } }[] } }) =>
  app._router.stack.some((layer) => /sessionMiddleware|express_session|\bsession\b/.test(String(layer.handle ?? layer.name)))
