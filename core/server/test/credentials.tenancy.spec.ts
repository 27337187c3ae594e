import { currentCredentials, bindPoolToTenants, runInTenant } from "@fangshi/kernel"
import { providerCredentials } from "@fangshi/kernel/src/tenancy/wraps/provider-credentials"
import { medusaInternal } from "@fangshi/kernel/src/tenancy/seam"
import { type TestDatabase, asOwner, cloneDatabase, manifestOf } from "@fangshi/testing"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { registerPool } from "../src/medusa/load"
import { CredentialStore } from "../src/tenants/credentials"
import { provisionTenant } from "../src/tenants/provision"

const SECRET = "master-secret-of-this-test-0123456789"
const PROVIDER = "pp_probe"

let database: TestDatabase
let knex: Knex

beforeAll(async () => {
  database = await cloneDatabase()
  knex = registerPool(database.appUrl, 6)
  bindPoolToTenants(knex)
  for (const id of ["keys-a", "keys-b", "keys-c"]) await provisionTenant(knex, manifestOf(id), { password: "a-long-password" }, [])
})
afterAll(async () => {
  await knex.destroy()
  await database.drop()
})

const store = (secret = SECRET, now?: () => number) => new CredentialStore(knex, secret, now)
const save = (tenant: string, options: Record<string, unknown>, provider = PROVIDER) => runInTenant(tenant, () => store().save(provider, options))
const find = (tenant: string, provider = PROVIDER, from = store()) => runInTenant(tenant, () => from.find(provider))
const failure = (work: Promise<unknown>) => work.then(() => null, (error: unknown) => error)

type Row = { tenant_id: string; provider: string; sealed: string }
const rows = () => asOwner<Row>(database.ownerUrl, "select * from tenancy.tenant_credential")

describe("credentials of a provider", () => {
  it("are the tenant's own: another tenant has none, or its own", async () => {
    await save("keys-a", { api_key: "of-a" })
    await save("keys-b", { api_key: "of-b" })
    expect([await find("keys-a"), await find("keys-b"), await find("keys-c")]).toEqual([{ api_key: "of-a" }, { api_key: "of-b" }, null])
  })

  it("stand in no column in clear, nor in base64 or hex of it, and never sealed alike twice", async () => {
    const secret = "sk_live_unmistakable_4711"
    await save("keys-a", { api_key: secret }, "pp_clear")
    const first = (await rows()).find((row) => row.provider === "pp_clear")?.sealed
    await save("keys-a", { api_key: secret }, "pp_clear")
    const all = await rows()
    const written = all.flatMap((row) => [JSON.stringify(row), Buffer.from(row.sealed, "base64").toString("latin1")]).join("\n")
    expect(first).toMatch(/^[A-Za-z0-9+/=]{40,}$/)
    expect(all.find((row) => row.provider === "pp_clear")?.sealed).not.toBe(first)
    for (const trace of [secret, "api_key", Buffer.from(secret).toString("base64").slice(0, 20), Buffer.from(secret).toString("hex")]) expect(written).not.toContain(trace)
  })

  it.each([
    ["another tenant", "keys-c", "pp_moved"],
    ["another provider", "keys-a", "pp_other"],
  ])("cannot be opened when their row is copied to %s", async (_where, tenant, provider) => {
    await save("keys-a", { api_key: "of-a" }, "pp_moved")
    await asOwner(database.ownerUrl, "insert into tenancy.tenant_credential (tenant_id, provider, sealed) select $1, $2, sealed from tenancy.tenant_credential where tenant_id = 'keys-a' and provider = 'pp_moved'", [tenant, provider])
    expect(await failure(find(tenant, provider))).toMatchObject({ code: "CREDENTIALS_UNREADABLE" })
    expect(await find("keys-a", "pp_moved")).toEqual({ api_key: "of-a" })
  })

  it("are refused under another master secret, with an error that says how to mend it and nothing of the content", async () => {
    await save("keys-a", { api_key: "hidden-value" }, "pp_rotated")
    const error = await failure(find("keys-a", "pp_rotated", store("another-secret-0123456789-0123456789")))
    expect(error).toMatchObject({ code: "CREDENTIALS_UNREADABLE" })
    expect((error as Error).message).toMatch(/pp_rotated.*keys-a.*FANGSHI_MASTER_SECRET/)
    expect(String((error as Error).message)).not.toContain("hidden-value")
  })

  it.each([
    ["a flipped bit", (bytes: Buffer) => bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1)],
    ["a shortened tag", (bytes: Buffer) => bytes.subarray(0, 20)],
    ["nothing", () => Buffer.alloc(0)],
  ])("are refused when the row holds %s", async (_what, change) => {
    await save("keys-b", { api_key: "of-b" }, "pp_altered")
    const sealed = (await rows()).find((row) => row.provider === "pp_altered")?.sealed ?? ""
    await asOwner(database.ownerUrl, "update tenancy.tenant_credential set sealed = $1 where provider = 'pp_altered'", [Buffer.from(change(Buffer.from(sealed, "base64"))).toString("base64")])
    expect(await failure(find("keys-b", "pp_altered"))).toMatchObject({ code: "CREDENTIALS_UNREADABLE" })
  })

  it("change for the next call in the process that saved them, and for another process within seconds", async () => {
    let now = 0
    const [here, there] = [store(SECRET, () => now), store(SECRET, () => now)]
    const keys = (from: CredentialStore) => runInTenant("keys-c", async () => (await from.find("pp_changed"))?.key)
    await runInTenant("keys-c", () => here.save("pp_changed", { key: 1 }))
    expect([await keys(here), await keys(there)]).toEqual([1, 1])
    await runInTenant("keys-c", () => here.save("pp_changed", { key: 2 }))
    expect(await keys(here)).toBe(2)
    now += 5_001
    expect(await keys(there)).toBe(2)
  })

  it("cannot be written by a tenant's own connection, nor read from another's", async () => {
    await save("keys-a", { api_key: "of-a" })
    await expect(runInTenant("keys-b", () => knex.raw("insert into tenancy.tenant_credential (tenant_id, provider, sealed) values ('keys-b', 'pp_smuggled', 'x')"))).rejects.toMatchObject({ code: "42501" })
    const { rows: seen } = await runInTenant("keys-b", () => knex.raw<{ rows: Row[] }>("select * from tenancy.tenant_credential where tenant_id = 'keys-a'"))
    expect(seen).toEqual([])
  })
})

type Options = { api_key: string; endpoint: string }

/** Builds its client in the constructor, as the providers of payment companies do. */
class ProbePayments {
  private readonly client: { charge: () => string }
  constructor(
    readonly container: unknown,
    protected readonly options_: Options,
  ) {
    const { api_key, endpoint } = options_
    this.client = { charge: () => `${api_key} at ${endpoint}` }
  }
  async capturePayment() {
    const before = [this.client.charge(), this.options_.api_key, currentCredentials()?.api_key]
    await new Promise((resolve) => setTimeout(resolve, 5))
    return { data: { before, after: this.client.charge() } }
  }
}

describe("a payment provider", () => {
  type Service = { capturePayment(id: string, input: object): Promise<{ data: { before: string[]; after: string } }> }
  const credentials = new Map<string, CredentialStore>()
  let payments: Service

  beforeAll(() => {
    const keys = store()
    credentials.set(PROVIDER, keys)
    providerCredentials.beforeLoad?.({ credentials: (provider: string) => keys.find(provider) } as never)
    const { default: PaymentProviders } = medusaInternal<{ default: new (container: object) => Service }>("@medusajs/payment", "services/payment-provider.js")
    const container: Record<string, unknown> = { baseRepository: {}, paymentProviderRepository: {}, logger: console }
    container[PROVIDER] = new ProbePayments(container, { api_key: "platform", endpoint: "https://pay.example" })
    payments = new PaymentProviders(container)
  })
  const capture = (tenant: string) => runInTenant(tenant, () => payments.capturePayment(PROVIDER, {}))

  it("charges with the keys of the tenant of each call, twenty calls of two tenants at the same time", async () => {
    await save("keys-a", { api_key: "of-a" })
    await save("keys-b", { api_key: "of-b" })
    const tenants = Array.from({ length: 20 }, (_, i) => (i % 2 ? "keys-a" : "keys-b"))
    const charged = await Promise.all(tenants.map(capture))
    charged.forEach(({ data }, i) => {
      const own = tenants[i] === "keys-a" ? "of-a" : "of-b"
      expect(data).toEqual({ before: [`${own} at https://pay.example`, own, own], after: `${own} at https://pay.example` })
    })
  })

  it("keeps the platform's keys for a tenant that has none", async () => {
    expect((await capture("keys-c")).data.after).toBe("platform at https://pay.example")
  })

  it("does not fall back to the platform's keys when the tenant's cannot be opened", async () => {
    await asOwner(database.ownerUrl, "insert into tenancy.tenant (id, status) values ('keys-broken', 'active') on conflict do nothing")
    await asOwner(database.ownerUrl, "insert into tenancy.tenant_credential (tenant_id, provider, sealed) values ('keys-broken', $1, 'bm90IHNlYWxlZA==') on conflict do nothing", [PROVIDER])
    expect(await failure(capture("keys-broken"))).toMatchObject({ code: "CREDENTIALS_UNREADABLE" })
  })

  it("uses new keys at the next call", async () => {
    const keys = credentials.get(PROVIDER)
    await runInTenant("keys-a", () => keys?.save(PROVIDER, { api_key: "renewed" }))
    expect((await capture("keys-a")).data.after).toBe("renewed at https://pay.example")
  })
})
