import { request } from "node:http"
import { bindPoolToTenants, currentTenant, runAsPlatform } from "@fangshi/kernel"
import { subscribers } from "@fangshi/kernel/src/tenancy/wraps/events"
import { ShopClient, type TestDatabase, type TestTenant, asOwner, checksums, cloneDatabase, control, createTenant, manifestOf, rowsOf, sharedHost, stockShop, twoTenants } from "@fangshi/testing"
import { container } from "@medusajs/framework"
import { asValue } from "@medusajs/framework/awilix"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { Modules } from "@medusajs/framework/utils"
import { registerPool } from "../src/medusa/load"
import { pluginOwners } from "../src/medusa/plugin-owners"
import { pluginGuard } from "../src/plugin-host/quarantine"
import { TenantDirectory } from "../src/tenants/directory"
import { setTenantStatus } from "../src/tenants/lifecycle"
import { provisionTenant } from "../src/tenants/provision"
import { PluginRegistry } from "../src/plugin-host/plugin-registry"

const NOTES = "medusa-plugin-notes"
const THIRD_PARTY = require.resolve("@fangshi/testing/package.json").replace("package.json", "fixtures/third-party")

type Got = { status: number; text: string; headers: Record<string, string | string[] | undefined> }

/** As a browser asks: by Host, which fetch does not let one set. */
function ask(host: string, path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Got> {
  const { hostname, port } = new URL(sharedHost().url)
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers: { host, ...headers } }, (res) => {
      let text = ""
      res.on("data", (chunk: Buffer) => (text += chunk.toString()))
      res.on("end", () => resolve({ status: res.statusCode ?? 0, text, headers: res.headers }))
    })
    sent.on("error", reject)
    sent.end()
  })
}

const status = (tenant: TestTenant, to: "active" | "suspended" | "archived") => control({ op: "status", id: tenant.id, to })

let database: TestDatabase
let knex: Knex

beforeAll(async () => {
  database = await cloneDatabase()
  knex = registerPool(database.appUrl, 6)
  bindPoolToTenants(knex)
})
afterAll(async () => {
  await knex.destroy()
  await database.drop()
})

describe("the status of a tenant", () => {
  let made = 0
  async function tenantIn(state: string): Promise<string> {
    const id = `state-${made++}`
    await asOwner(database.ownerUrl, "insert into tenancy.tenant (id, status) values ($1, $2)", [id, state])
    return id
  }
  const statusOf = async (id: string) => (await asOwner<{ status: string }>(database.ownerUrl, "select status from tenancy.tenant where id = $1", [id]))[0]?.status

  it.each([
    ["active", "suspended"],
    ["suspended", "active"],
    ["active", "archived"],
    ["suspended", "archived"],
    ["active", "active"],
    ["suspended", "suspended"],
    ["archived", "archived"],
  ] as const)("goes from %s to %s, and staying there is no error", async (from, to) => {
    const id = await tenantIn(from)
    await setTenantStatus(knex, id, to)
    await setTenantStatus(knex, id, to)
    expect(await statusOf(id)).toBe(to)
  })

  it.each([
    ["archived", "active", "TENANT_ARCHIVED", 409],
    ["archived", "suspended", "TENANT_ARCHIVED", 409],
    ["provisioning", "active", "TENANT_TRANSITION_REFUSED", 409],
    ["provisioning", "suspended", "TENANT_TRANSITION_REFUSED", 409],
    ["provisioning", "archived", "TENANT_TRANSITION_REFUSED", 409],
  ] as const)("does not go from %s to %s: %s", async (from, to, code, answer) => {
    const id = await tenantIn(from)
    await expect(setTenantStatus(knex, id, to)).rejects.toMatchObject({ code, status: answer, params: { tenant: id } })
    expect(await statusOf(id)).toBe(from)
  })

  it.each(["nobody", "__platform__", "__blueprint__"])("cannot be changed for %s, which is no shop", async (id) => {
    const before = await statusOf(id)
    for (const to of ["active", "suspended", "archived"] as const) await expect(setTenantStatus(knex, id, to)).rejects.toMatchObject({ code: "TENANT_UNKNOWN", status: 404 })
    expect(await statusOf(id)).toBe(before)
  })

  it("ends archived when archiving and resuming meet, whichever comes first", async () => {
    const id = await tenantIn("suspended")
    const outcomes = await Promise.allSettled([setTenantStatus(knex, id, "active"), setTenantStatus(knex, id, "archived"), setTenantStatus(knex, id, "active")])
    expect(outcomes[1]?.status).toBe("fulfilled")
    expect(await statusOf(id)).toBe("archived")
  })
})

describe("a suspended shop", () => {
  const host = sharedHost()
  let a: TestTenant
  let b: TestTenant

  beforeAll(async () => {
    ;[a, b] = await twoTenants(host)
    await stockShop(new ShopClient(host, b), "kept")
  })
  beforeEach(() => status(b, "suspended"))
  afterEach(() => status(b, "active"))

  it.each([
    ["zh-CN", "zh-CN,zh;q=0.9,en;q=0.5", "店铺暂停营业，请稍后再来。", "订单和资料都已保留。"],
    ["zh-CN", "fr", "店铺暂停营业，请稍后再来。", "订单和资料都已保留。"],
    ["en", "en-US,en;q=0.9", "This shop is closed for the moment.", "Orders and data are kept."],
  ])("answers people with a page in %s (asked for %s) that says so and when to come back", async (locale, languages, text, hint) => {
    for (const path of ["/", "/products/apple", "/cart?x=1"]) {
      const page = await ask(b.host, path, { accept: "text/html,application/xhtml+xml;q=0.9", "accept-language": languages })
      expect([page.status, page.headers["content-type"], page.headers["cache-control"]]).toEqual([503, "text/html; charset=utf-8", "no-store"])
      expect(Number(page.headers["retry-after"])).toBeGreaterThan(0)
      expect(page.text).toContain(`<html lang="${locale}">`)
      expect(page.text).toContain(`<h1 style="font-size:1.4rem;margin:1rem 0 .5rem">${text}</h1>`)
      expect(page.text).toContain(hint)
      expect(page.text).not.toMatch(/\bat .*:\d+:\d+|node_modules|\.ts\b|<script/)
    }
  })

  it("answers programs with JSON on every kind of route, whatever they accept", async () => {
    for (const [method, path] of [["GET", "/store/regions"], ["POST", "/store/carts"], ["GET", "/admin/orders"], ["POST", "/auth/user/emailpass"], ["POST", "/hooks/payment/system"], ["GET", `/static/${b.id}/x.png`], ["POST", "/checkout"]] as const) {
      const answer = await ask(b.host, path, { accept: "text/html, */*", authorization: `Bearer ${b.adminToken}`, "x-publishable-api-key": b.publishable_key }, method)
      expect([path, answer.status, answer.headers["retry-after"]]).toEqual([path, 503, "60"])
      expect(JSON.parse(answer.text)).toEqual({
        type: "unexpected_state",
        code: "TENANT_SUSPENDED",
        message: "This shop is closed for the moment.",
        text: { "zh-CN": "店铺暂停营业，请稍后再来。", en: "This shop is closed for the moment." },
        hint: { "zh-CN": "订单和资料都已保留。", en: "Orders and data are kept." },
        params: {},
      })
    }
  })

  it("does not disturb its neighbour", async () => {
    expect((await new ShopClient(host, a).call({ path: "/admin/products" })).status).toBe(200)
  })

  it("opens again at once with every row and login it had", async () => {
    const kept = await checksums(host.ownerUrl, b.id)
    await status(b, "active")
    expect(await checksums(host.ownerUrl, b.id)).toEqual(kept)
    const { products } = await new ShopClient(host, b).ok<{ products: { title: string }[] }>({ path: "/admin/products" })
    expect(products.map((product) => product.title)).toEqual(["kept 苹果"])
  })
})

describe("an archived shop", () => {
  it("is not there any more for anybody, and keeps its rows and its hosts", async () => {
    const host = sharedHost()
    const tenant = await createTenant("arch", host)
    await stockShop(new ShopClient(host, tenant), "kept")
    const kept = await checksums(host.ownerUrl, tenant.id)
    await status(tenant, "archived")
    const page = await ask(tenant.host, "/", { accept: "text/html", "accept-language": "en" })
    const unknown = await ask("nobody-at-all.localhost", "/", { accept: "text/html", "accept-language": "en" })
    expect([page.status, page.text]).toEqual([404, unknown.text])
    for (const path of ["/store/regions", "/admin/products", "/auth/user/emailpass"]) {
      const answer = await new ShopClient(host, tenant).call({ path })
      expect([path, answer.status, answer.body.code]).toEqual([path, 404, "HOST_UNKNOWN"])
    }
    expect(await checksums(host.ownerUrl, tenant.id)).toEqual(kept)
    expect(Object.values(kept).filter((digest) => !digest.startsWith("0:")).length).toBeGreaterThan(20)
    await expect(control({ op: "provision", manifest: manifestOf(`${tenant.id}-2`, { hosts: [tenant.host] }), password: "a-long-password" })).rejects.toMatchObject({ code: "HOST_TAKEN" })
    await expect(control({ op: "apply", manifest: manifestOf(tenant.id), password: "a-long-password" })).rejects.toMatchObject({ code: "TENANT_ARCHIVED" })
    await expect(control({ op: "status", id: tenant.id, to: "active" })).rejects.toMatchObject({ code: "TENANT_ARCHIVED" })
  })
})

describe("work in the background", () => {
  it("runs jobs for the open shops only, those no request has asked for and those opened again among them", async () => {
    const host = sharedHost()
    const [open, closed] = await twoTenants(host)
    const [reopened, gone] = await twoTenants(host)
    for (const { id } of [open, closed, reopened, gone]) await control({ op: "plugins", id, plugins: [NOTES] })
    await status(closed, "suspended")
    await status(reopened, "suspended")
    await status(reopened, "active")
    await status(gone, "archived")
    await control({ op: "run-job", name: "count-notes" })
    const ran = async (tenant: TestTenant) => (await rowsOf<{ slug: string }>(tenant.id, "note", host)).some((note) => note.slug.startsWith("job-"))
    expect([await ran(open), await ran(closed), await ran(reopened), await ran(gone)]).toEqual([true, false, true, false])
  })

  it("gives events to the plugins of open shops only", async () => {
    const directory = new TenantDirectory(knex)
    for (const id of ["events-a", "events-b"]) {
      await provisionTenant(knex, manifestOf(id), { password: "a-long-password" }, [])
      await runAsPlatform(() => knex.raw("insert into tenancy.tenant_plugin (tenant_id, plugin) values (?, ?)", [id, NOTES]))
    }
    await directory.activeTenants()
    let deliver: (event: object) => Promise<void> = async () => undefined
    container.register({ logger: asValue(console), [Modules.EVENT_BUS]: asValue({ subscribe: (_name: string, subscriber: typeof deliver) => (deliver = subscriber) }) })
    subscribers.beforeLoad?.({ plugins: pluginOwners(PluginRegistry.load([THIRD_PARTY], "0.1.0"), directory, pluginGuard(knex, directory)) } as never)
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- internal to the package
    const { SubscriberLoader } = require("@medusajs/framework/subscribers") as { SubscriberLoader: new (folders: string[], options: object, container: object) => { createSubscriber(descriptor: object): void } }
    const seen: string[] = []
    new SubscriberLoader([], {}, container).createSubscriber({ fileName: `${THIRD_PARTY}/src/subscribers/note-created.ts`, config: { event: "note.created" }, handler: async () => void seen.push(currentTenant()) })
    const emit = (tenant: string) => deliver({ name: "note.created", metadata: { tenant_id: tenant }, data: {} })

    await emit("events-a")
    await emit("events-b")
    expect(seen).toEqual(["events-a", "events-b"])
    await setTenantStatus(knex, "events-b", "suspended")
    directory.forget()
    // While the directory reads the change, an open shop loses no event.
    await emit("events-a")
    expect(seen).toEqual(["events-a", "events-b", "events-a"])
    await directory.activeTenants()
    await emit("events-b")
    await emit("events-a")
    expect(seen).toEqual(["events-a", "events-b", "events-a", "events-a"])
  })
})

describe("the directory of tenants", () => {
  /** A pool whose answers wait until they are let go. */
  function slow() {
    let go: () => void = () => undefined
    const gate = new Promise<void>((resolve) => (go = resolve))
    let asked: () => void = () => undefined
    const read = new Promise<void>((resolve) => (asked = resolve))
    const raw = async (sql: string, values: never[]) => {
      const answer: unknown = await knex.raw(sql, values)
      asked()
      await gate
      return answer
    }
    return { knex: { raw } as unknown as Knex, read, go }
  }

  it("reads a shop again that changed while it was read", async () => {
    await asOwner(database.ownerUrl, "insert into tenancy.tenant (id, status) values ('late', 'active')")
    const { knex: pool, read, go } = slow()
    const directory = new TenantDirectory(pool)
    const early = directory.findById("late")
    await read
    await setTenantStatus(knex, "late", "suspended")
    directory.forget()
    go()
    expect((await early)?.status).toBe("suspended")
    expect((await directory.findById("late"))?.status).toBe("suspended")
  })

  it("sees another process's change within five seconds", async () => {
    await asOwner(database.ownerUrl, "insert into tenancy.tenant (id, status) values ('elsewhere', 'active')")
    let now = 0
    const directory = new TenantDirectory(knex, () => now)
    expect((await directory.findById("elsewhere"))?.status).toBe("active")
    await setTenantStatus(knex, "elsewhere", "suspended")
    now = 5_000
    expect((await directory.findById("elsewhere"))?.status).toBe("suspended")
    expect(await directory.activeTenants()).not.toContain("elsewhere")
  })
})
