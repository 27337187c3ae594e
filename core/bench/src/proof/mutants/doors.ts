import { type Mutant, edit } from "./mutant"

const FILES = ["core/server/test/tenant-files.tenancy.spec.ts"]
const CREDENTIALS = ["core/server/test/credentials.tenancy.spec.ts"]
const LIFECYCLE = ["core/server/test/lifecycle.tenancy.spec.ts"]
const SCRIPTS = ["core/server/test/data-scripts.tenancy.spec.ts"]
const HOSTS = ["core/server/test/provisioning.tenancy.spec.ts"]
const INPUT = ["core/server/test/bad-input.http.spec.ts"]
const SERVE = "core/server/src/front-door/files.ts"
const DOOR = "core/server/src/front-door/front-door.ts"
const SEAL = "core/server/src/tenants/credentials.ts"

/** Where a request, a file or a key gets in. */
export const DOORS: Mutant[] = [
  { name: "unknown host falls to a default shop", edits: [edit(DOOR, "await options.directory.findByHost(asked.value)", "((await options.directory.findByHost(asked.value)) ?? (await options.directory.list())[0] ?? null)")], tests: HOSTS, only: "change at the next request" },
  { name: "x-tenant is believed from everybody", edits: [edit("core/server/src/front-door/request-host.ts", `if (!isTrusted) throw new FangshiError("TENANT_HEADER_UNTRUSTED")`, "")], tests: INPUT, only: "a shop named by header" },
  { name: "x-forwarded-host is believed from everybody", edits: [edit("core/server/src/front-door/request-host.ts", "const forwarded = isTrusted ?", "const forwarded = isTrusted || req ?")], tests: INPUT, only: "a shop named by header" },
  { name: "suspended shop stays open", edits: [edit(DOOR, `  if (tenant.status === "suspended") throw new FangshiError("TENANT_SUSPENDED")\n`, "")], tests: LIFECYCLE, only: "a suspended shop" },
  { name: "archived shop stays open", edits: [edit(DOOR, `if (!tenant || tenant.status === "archived")`, "if (!tenant)")], tests: LIFECYCLE, only: "an archived shop" },
  { name: "archived shop can be opened again", edits: [edit("core/server/src/tenants/lifecycle.ts", `active: ["suspended", "active"]`, `active: ["suspended", "active", "archived"]`)], tests: LIFECYCLE, only: "the status of a tenant" },
  { name: "directory keeps what was read before a change", edits: [edit("core/server/src/tenants/directory.ts", "if (asked !== this.changes) return tenant\n", "")], tests: LIFECYCLE, only: "the directory of tenants" },
  { name: "files of every folder are served", edits: [edit(SERVE, "const own = key?.startsWith(", "const own = key?.concat(")], tests: FILES, only: "of another tenant answer" },
  { name: "private files need no signature", edits: [edit(SERVE, "(!isPrivate(key) || isSigned(secret, key, req.query, now()))", "true")], tests: FILES, only: "private files" },
  { name: "any signature opens a private file", edits: [edit(SERVE, "wanted.length === actual.length && timingSafeEqual(wanted, actual)", "wanted.length > 0 && actual.length >= 0")], tests: FILES, only: "private files" },
  { name: "signature leaves out the tenant and the key", edits: [edit(SERVE, "update(`file:", "update(`file:` + String(until) || `")], tests: FILES, only: "private files" },
  { name: "signature never runs out", edits: [edit(SERVE, " || Number(until) * 1000 < now", "")], tests: FILES, only: "private files" },
  { name: "a file's key may be another tenant's", edits: [edit("core/kernel/src/tenancy/wraps/files.ts", "if (!file.fileKey.startsWith(prefix()) || ", "if (")], tests: FILES, only: "private files" },
  { name: "one key seals the credentials of all", edits: [edit(SEAL, `this.masterSecret, tenant, "fangshi credentials"`, `this.masterSecret, "", "fangshi credentials"`)], tests: CREDENTIALS, only: "cannot be opened when their row" },
  { name: "sealed credentials fit every provider", edits: [edit(SEAL, "      decipher.setAAD(Buffer.from(provider))\n", ""), edit(SEAL, "    cipher.setAAD(Buffer.from(provider))\n    const body", "    const body")], tests: CREDENTIALS, only: "cannot be opened when their row" },
  { name: "one tenant's credentials are kept for all", edits: [edit(SEAL, "const cacheKey = `", "const cacheKey = provider + \"\" // `")], tests: CREDENTIALS },
  { name: "a provider keeps the keys of the first tenant", edits: [edit("core/kernel/src/tenancy/wraps/provider-credentials.ts", "const tenant = currentTenant()", `const tenant = ""`), edit("core/kernel/src/tenancy/wraps/provider-credentials.ts", "if (known?.sealed === sealed) return", "if (known) return")], tests: CREDENTIALS, only: "a payment provider" },
  { name: "data scripts run as the platform", edits: [edit("core/server/src/tenants/data-scripts.ts", "if (run) await runInTenant(tenant.id, () => run(", "if (run) await runAsPlatform(() => run(")], tests: SCRIPTS },
  { name: "one failing data script ends it for all shops", edits: [edit("core/server/src/tenants/data-scripts.ts", "      failures.push(error)\n", "      throw error\n")], tests: SCRIPTS },
  { name: "a taken host is moved", edits: [edit("core/kernel/src/tenancy/sql/04-provision.sql", "unnest(p_hosts) with ordinality u(h, n);", "unnest(p_hosts) with ordinality u(h, n) on conflict (host) do update set tenant_id = excluded.tenant_id;")], tests: HOSTS, only: "goes to exactly one" },
  { name: "a shop that exists is written again", edits: [edit("core/server/src/tenants/provision.ts", `if (existing && existing.status !== "provisioning") return`, "if (existing && existing.status === \"never\") return"), edit("core/kernel/src/tenancy/sql/04-provision.sql", "if state <> 'provisioning' then", "if false then")], tests: HOSTS, only: "a second time changes nothing" },
]
