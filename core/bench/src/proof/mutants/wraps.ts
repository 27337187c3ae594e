import { type Mutant, edit } from "./mutant"

const ROUTES = ["core/server/test/routes.tenancy.spec.ts"]
const PLUGIN = ["core/server/test/third-party-plugin.tenancy.spec.ts"]
const UNIT = ["core/kernel/test/unit-of-work.db.spec.ts"]
const PURCHASES = ["core/server/test/purchases.http.spec.ts"]
const LIST = "core/kernel/src/tenancy/wraps.ts"

const WRAPS = [
  "jwt-secret", "invite-secret", "sessions", "caching", "cache", "locking", "event-tenant", "subscribers", "workflow-memory", "workflow-redis", "purchases", "upserts", "scheduled-work",
  "expired-executions", "queues", "plugin-routes", "plugin-middlewares", "plugin-jobs", "plugin-hooks", "files", "provider-credentials", "entity-relations", "reference-rows",
]

/** Medusa is not wrapped in one place, as after an upgrade that has moved it: the start must refuse. */
const notApplied = (wrap: string): Mutant => ({
  name: `wrap not applied: ${wrap}`,
  edits: [
    edit(LIST, "at(wrap, () => wrap.beforeLoad?.(host))", `at(wrap, () => (wrap.name === "${wrap}" ? undefined : wrap.beforeLoad?.(host)))`),
    edit(LIST, "at(wrap, () => wrap.afterLoad?.(host))", `at(wrap, () => (wrap.name === "${wrap}" ? undefined : wrap.afterLoad?.(host)))`),
  ],
  tests: [],
})

/** The wrap is struck from the list, its self-test with it: a test of what shoppers see must notice. */
const struck = (constant: string, tests: string[], only: string): Mutant => ({ name: `wrap struck from the list: ${constant}`, edits: [edit(LIST, `\n  ${constant},\n`, "\n")], tests, only })

export const WRAP_MUTANTS: Mutant[] = [
  ...WRAPS.map(notApplied),
  struck("jwtSecret", ROUTES, "admin's token of B"),
  struck("sessions", ROUTES, "session cookie"),
  struck("files", ["core/server/test/tenant-files.tenancy.spec.ts"], "uploads over HTTP"),
  struck("workflowMemory", ["core/server/test/workflow-stream.tenancy.spec.ts"], "the event stream"),
  struck("scheduledWork", PLUGIN, "its scheduled job"),
  struck("pluginRoutes", PLUGIN, "finds none of its routes"),
  struck("pluginMiddlewares", PLUGIN, "finds none of its routes"),
  struck("pluginJobs", PLUGIN, "its scheduled job"),
  struck("pluginHooks", PLUGIN, "hears nothing"),
  struck("subscribers", PLUGIN, "hears nothing"),
  struck("purchases", PURCHASES, "two processes"),
  { name: "purchases wait for no other process", edits: [edit("core/kernel/src/tenancy/wraps/purchases.ts", "select pg_advisory_xact_lock(key) from", "select key from")], tests: PURCHASES, only: "two processes" },
  { name: "a purchase's lock is let go before the commit", edits: [edit("core/kernel/src/tenancy/wraps/locking.ts", "return unit.done", "return Promise.resolve()")], tests: UNIT, only: "a lock taken" },
  { name: "an event is heard before the commit", edits: [edit("core/kernel/src/tenancy/wraps/events.ts", "if (!unit) return original.call(this, group)", "return original.call(this, group)")], tests: UNIT, only: "an event of" },
  { name: "a unit of work commits what was to be dropped", edits: [edit("core/kernel/src/unit-of-work/in-unit-of-work.ts", "if (keep(result)) await unit.commit()", "if (result !== null) await unit.commit()")], tests: UNIT, only: "a unit of work" },
  { name: "a unit of work lends its connection to every tenant", edits: [edit("core/kernel/src/unit-of-work/unit-of-work.ts", " && unit.tenant === currentTenant()", "")], tests: UNIT, only: "a unit of work" },
]
