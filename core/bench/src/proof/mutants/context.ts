import { type Mutant, edit } from "./mutant"

const ROUTES = ["core/server/test/routes.tenancy.spec.ts"]
const CONCURRENCY = ["core/server/test/concurrency.tenancy.spec.ts"]
const POOL = "core/kernel/src/tenancy/pool.ts"
const CONTEXT = "core/kernel/src/tenancy/context.ts"
const SENDS = "await connection[QUERY]("
const NOT_CHECKED = edit(POOL, "if (connection[TENANT] !== wanted) {", "if (!connection) {")
const KEEPS = edit(POOL, "if (connection[TENANT] === wanted) return connection", "if (connection[TENANT] !== null) return connection")

/** Every shop is served as the one that came first. */
const FIRST = `const QUERY = Symbol("query")
let first = ""
function ofTheFirst(wanted: string) {
  if (wanted.startsWith("_") || wanted === "") return "SET app.tenant_id = '" + wanted + "'"
  first ||= wanted
  return "SET app.tenant_id = '" + first + "'"
}`

/** Who the running code works for, and what its connection is bound to. */
export const CONTEXT_AND_POOL: Mutant[] = [
  { name: "pool never tells Postgres the tenant", edits: [edit(POOL, SENDS, "await Promise.resolve(")], tests: ROUTES, only: "answers A with" },
  { name: "pool binds for a transaction that is not there", edits: [edit(POOL, "(`SET app", "(`SET LOCAL app")], tests: ROUTES, only: "answers A with" },
  { name: "pool hands a connection on with its last tenant", edits: [KEEPS], tests: ROUTES, only: "is covered" },
  { name: "pool hands it on, and no query is checked", edits: [KEEPS, NOT_CHECKED], tests: ROUTES, only: "gives A nothing of B" },
  { name: "pool binds everything to the first tenant", edits: [edit(POOL, SENDS, "await connection[QUERY](ofTheFirst(wanted)) // "), edit(POOL, `const QUERY = Symbol("query")`, FIRST)], tests: ROUTES, only: "is covered|gives A nothing" },
  { name: "context ends before a lazy query starts", edits: [edit(CONTEXT, "async () => await work())", "() => work())")], tests: ROUTES, only: "is covered" },
  { name: "context is one variable of the process", edits: [edit(CONTEXT, "storage.getStore()?.tenant ?? NO_TENANT", "(last = storage.getStore()?.tenant ?? last)"), edit(CONTEXT, "type Context =", "let last = \"\"\ntype Context =")], tests: CONCURRENCY },
  { name: "front door enters no tenant", edits: [edit("core/server/src/front-door/front-door.ts", "enterTenant(tenant.id, next)", "next()")], tests: ROUTES, only: "is covered" },
  { name: "front door enters the platform", edits: [edit("core/server/src/front-door/front-door.ts", "enterTenant(tenant.id, next)", `enterTenant("__platform__", next)`)], tests: ROUTES, only: "is covered" },
]
