import { type HostProcess, ShopClient, type TestDatabase, type TestTenant, asOwner, cloneDatabase, createTenant, startHostProcess } from "@fangshi/testing"

jest.setTimeout(120_000)

type Row = { tenant_id: string; sid: string }

let database: TestDatabase
let host: HostProcess
let a: TestTenant
let b: TestTenant

beforeAll(async () => {
  database = await cloneDatabase()
  host = await startHostProcess(database)
  ;[a, b] = [await createTenant("a", shared()), await createTenant("b", shared())]
})
afterEach(() => asOwner(database.ownerUrl, "delete from tenancy.session"))
afterAll(async () => {
  await host.kill()
  await database.drop()
})

const shared = () => ({ ...host, ownerUrl: database.ownerUrl, appUrl: database.appUrl })
const rows = () => asOwner<Row>(database.ownerUrl, "select tenant_id, sid from tenancy.session order by 1, 2")
const me = async ({ id }: TestTenant, cookie: string) => (await fetch(`${host.url}/admin/users/me`, { headers: { "x-tenant": id, cookie } })).status

async function logIn({ id, adminToken }: TestTenant): Promise<string> {
  const opened = await fetch(`${host.url}/auth/session`, { method: "POST", headers: { "x-tenant": id, authorization: `Bearer ${adminToken}` } })
  // The header leaves before the session is saved, the body after.
  await opened.text()
  return opened.headers.get("set-cookie")?.split(";")[0] ?? ""
}

async function restart() {
  await host.kill()
  host = await startHostProcess(database)
}

async function until(holds: () => Promise<boolean>) {
  for (const end = Date.now() + 20_000; !(await holds()); await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (Date.now() > end) throw new Error("waited in vain")
  }
}

describe("a login by cookie", () => {
  it("outlives the process and stays in its shop", async () => {
    const [inA, inB] = [await logIn(a), await logIn(b)]
    await restart()
    expect([await me(a, inA), await me(b, inB), await me(a, inB), await me(b, inA)]).toEqual([200, 200, 401, 401])
    expect((await rows()).map((row) => row.tenant_id)).toEqual([a.id, b.id])
  })

  it("opens nothing in a shop whose row has the same id", async () => {
    const cookie = await logIn(a)
    await asOwner(database.ownerUrl, "insert into tenancy.session (tenant_id, sid, data, expires_at) select $1, sid, '{\"cookie\":{}}', expires_at from tenancy.session", [b.id])
    expect([await me(a, cookie), await me(b, cookie)]).toEqual([200, 401])
  })

  it("ends at the logout, and its row with it", async () => {
    const cookie = await logIn(a)
    const kept = await logIn(b)
    await (await fetch(`${host.url}/auth/session`, { method: "DELETE", headers: { "x-tenant": a.id, cookie } })).text()
    expect([await me(a, cookie), await me(b, kept)]).toEqual([401, 200])
    expect((await rows()).map((row) => row.tenant_id)).toEqual([b.id])
  })

  it("opens nothing any more when its time is over, and its row is removed, of every shop", async () => {
    const [inA, inB] = [await logIn(a), await logIn(b)]
    const kept = await logIn(b)
    await asOwner(database.ownerUrl, "update tenancy.session set expires_at = now() - interval '1 second' where sid = any($1)", [[inA, inB].map(sidOf)])
    expect([await me(a, inA), await me(b, inB), await me(b, kept)]).toEqual([401, 401, 200])
    await restart()
    await until(async () => (await rows()).length === 1)
    expect(await rows()).toEqual([{ tenant_id: b.id, sid: sidOf(kept) }])
  })

  it("is written when it is made and not when it is read", async () => {
    const cookie = await logIn(a)
    const version = () => asOwner(database.ownerUrl, "select xmin::text, ctid::text from tenancy.session")
    const before = await version()
    await me(a, cookie)
    expect(await version()).toEqual(before)
  })
})

/** The id in a cookie: connect.sid=s:<id>.<signature>. */
const sidOf = (cookie: string) => /s:([^.]+)\./.exec(decodeURIComponent(cookie))?.[1] ?? ""

it("who only looks at a shop leaves no session behind", async () => {
  const client = new ShopClient(host, a)
  for (const cookie of ["", "connect.sid=s%3Amade-up.signature"]) {
    const headers = { cookie }
    expect((await client.call({ path: "/store/products", headers })).status).toBe(200)
    expect((await client.call({ path: "/admin/users/me", token: null, headers })).status).toBe(401)
  }
  expect(await rows()).toEqual([])
})
