import { readFileSync } from "node:fs"
import type { IncomingMessage, ServerResponse } from "node:http"
import { type Server, createServer } from "node:https"
import type { AddressInfo } from "node:net"
import path from "node:path"
import type { FangshiError } from "@fangshi/contracts"
import { runInTenant } from "../tenancy/context"
import { dialTls } from "./dial"
import { type OutgoingHttpOptions, outgoingHttp } from "./outgoing-http"

const certificate = (file: string) => readFileSync(path.resolve(__dirname, "../../../testing/fixtures/certificates", file), "utf8")
const HOSTS = ["pay.example.com", "*.hooks.example.org"]
const PUBLIC = "93.184.216.34"

type Asked = { host: string | undefined; method: string | undefined; url: string | undefined; headers: IncomingMessage["headers"]; body: string }
let server: Server
let asked: Asked[]
let answer: (req: Asked, res: ServerResponse) => void
const clients: { close: () => Promise<void> }[] = []

beforeAll(async () => {
  server = createServer({ key: certificate("key.pem"), cert: certificate("certificate.pem") }, (req, res) => {
    let body = ""
    req.on("data", (part: Buffer) => (body += part.toString()))
    req.on("end", () => {
      const seen = { host: req.headers.host, method: req.method, url: req.url, headers: req.headers, body }
      asked.push(seen)
      answer(seen, res)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
})
beforeEach(() => {
  asked = []
  answer = (_req, res) => void res.setHeader("content-type", "application/json").end('{"fine":true}')
})
afterEach(() => Promise.all(clients.splice(0).map((client) => client.close())))
afterAll(() => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))))

/** A client whose every public address is this test's server. */
function client(options: Partial<OutgoingHttpOptions> = {}) {
  const dialled: string[] = []
  const { port } = server.address() as AddressInfo
  const made = outgoingHttp({
    hostsOf: (plugin) => (plugin === "one" ? HOSTS : []),
    lookup: async () => [PUBLIC],
    dial: (target, timeout) => {
      dialled.push(`${target.host} ${target.address} ${target.port}`)
      return dialTls({ ...target, address: "127.0.0.1", port }, timeout, { ca: certificate("certificate.pem") })
    },
    ...options,
  })
  clients.push(made)
  const fetch = (...args: Parameters<ReturnType<typeof made.portFor>["fetch"]>) => runInTenant("a", () => made.portFor("one").fetch(...args))
  return { ...made, fetch, dialled }
}

const refusal = (work: Promise<unknown>) => work.then(() => "no refusal", (error: FangshiError) => `${error.code} ${(error.params.problem as { en: string } | undefined)?.en ?? ""}`.trim())

describe("a plugin's request to a host that it declares", () => {
  it("goes there over TLS, to the very address that was looked up, and its answer comes whole", async () => {
    const { fetch, dialled } = client()
    const got = await fetch("https://pay.example.com/pay?x=1", { method: "POST", headers: { "content-type": "application/json", authorization: "Bearer k" }, body: '{"a":1}' })
    expect([got.status, got.headers["content-type"], got.text(), got.json()]).toEqual([200, "application/json", '{"fine":true}', { fine: true }])
    expect(asked).toMatchObject([{ host: "pay.example.com", method: "POST", url: "/pay?x=1", body: '{"a":1}', headers: { authorization: "Bearer k" } }])
    expect(dialled).toEqual([`pay.example.com ${PUBLIC} 443`])
  })

  it("may be for a host directly below one with a star", async () => {
    expect((await client().fetch("https://one.hooks.example.org/")).status).toBe(200)
  })

  it("takes the next address when the first cannot be reached", async () => {
    const { port } = server.address() as AddressInfo
    const { fetch } = client({
      lookup: async () => ["2606:2800:220:1:248:1893:25c8:1946", PUBLIC],
      dial: (target, timeout) => (target.address === PUBLIC ? dialTls({ ...target, address: "127.0.0.1", port }, timeout, { ca: certificate("certificate.pem") }) : Promise.reject(Object.assign(new Error("no way"), { code: "ENETUNREACH" }))),
    })
    expect((await fetch("https://pay.example.com/")).status).toBe(200)
  })
})

describe("refused before anything is sent", () => {
  it.each([
    ["another host", "https://other.example.net/", "permissions.hosts does not declare it"],
    ["two labels below a star", "https://a.one.hooks.example.org/", "permissions.hosts does not declare it"],
    ["the host of a star itself", "https://hooks.example.org/", "permissions.hosts does not declare it"],
    ["a host that only ends alike", "https://evilpay.example.com/", "permissions.hosts does not declare it"],
    ["an address in figures", "https://127.0.0.1/", "permissions.hosts does not declare it"],
    ["plain http", "http://pay.example.com/", "only https is allowed"],
    ["a file", "file:///etc/passwd", "only https is allowed"],
    ["another port", "https://pay.example.com:8443/", "only port 443 is allowed"],
    ["credentials", "https://user:word@pay.example.com/", "the address holds credentials"],
    ["no address", "pay.example.com", "the address is malformed"],
  ])("%s", async (_what, url, problem) => {
    const { fetch, dialled } = client()
    expect(await refusal(fetch(url))).toBe(`PLUGIN_HOST_FORBIDDEN ${problem}`)
    expect([asked, dialled]).toEqual([[], []])
  })

  it("every host, for a plugin that declares none", async () => {
    const { portFor } = client()
    expect(await refusal(runInTenant("a", () => portFor("two").fetch("https://pay.example.com/")))).toBe("PLUGIN_HOST_FORBIDDEN permissions.hosts does not declare it")
  })

  it.each([
    ["a line break in a header", { "x-a": "1\r\nx-b: 2" }],
    ["a line break in a header's name", { "x-a\r\nx-b": "1" }],
    ["a host of its own", { Host: "internal" }],
    ["cookies", { Cookie: "connect.sid=1" }],
    ["a shop by header", { "x-tenant": "b" }],
    ["a length of its own", { "Content-Length": "3" }],
  ])("%s", async (_what, headers) => {
    expect(await refusal(client().fetch("https://pay.example.com/", { headers: headers as Record<string, string> }))).toBe("PLUGIN_HOST_FORBIDDEN a header is not allowed")
    expect(asked).toEqual([])
  })

  it.each([[["127.0.0.1"]], [["::ffff:10.0.0.1"]], [["169.254.169.254"]], [[PUBLIC, "10.0.0.1"]], [[]]])("a name that leads to %j", async (addresses) => {
    const { fetch, dialled } = client({ lookup: async () => addresses })
    const error = await fetch("https://pay.example.com/").catch((thrown: FangshiError) => thrown)
    expect(error).toMatchObject({ code: "PLUGIN_HOST_FORBIDDEN", params: { plugin: "one", host: "pay.example.com" } })
    expect(JSON.stringify(error)).not.toContain(addresses[0] ?? "never")
    expect(dialled).toEqual([])
  })

  it("a name that has become an inner address since it was asked last", async () => {
    let inner = false
    const { fetch } = client({ lookup: async () => [inner ? "10.0.0.1" : PUBLIC] })
    answer = (_req, res) => void res.setHeader("connection", "close").end("{}")
    expect((await fetch("https://pay.example.com/")).status).toBe(200)
    inner = true
    expect(await refusal(fetch("https://pay.example.com/"))).toBe("PLUGIN_HOST_FORBIDDEN it is no public address")
  })
})

describe("a redirect", () => {
  const redirect = (to: string, status = 302) => (answer = ({ url }, res) => void (url === "/end" ? res.end("{}") : res.writeHead(status, { location: to }).end()))

  it("is followed to another declared host, without what proves who asks", async () => {
    redirect("https://one.hooks.example.org/end")
    expect((await client().fetch("https://pay.example.com/", { headers: { authorization: "Bearer k", "x-note": "1" } })).status).toBe(200)
    expect(asked.map(({ host, headers }) => [host, headers.authorization, headers["x-note"]])).toEqual([["pay.example.com", "Bearer k", "1"], ["one.hooks.example.org", undefined, "1"]])
  })

  it("keeps the proof on the same host", async () => {
    redirect("/end")
    await client().fetch("https://pay.example.com/", { headers: { authorization: "Bearer k" } })
    expect(asked.map(({ headers }) => headers.authorization)).toEqual(["Bearer k", "Bearer k"])
  })

  it.each([[302, "GET", ""], [303, "GET", ""], [307, "POST", "text"], [308, "POST", "text"]])("of status %i asks again with %s", async (status, method, body) => {
    redirect("/end", status)
    await client().fetch("https://pay.example.com/", { method: "POST", body: "text" })
    expect(asked[1]).toMatchObject({ method, body })
  })

  it.each(["https://other.example.net/end", "http://pay.example.com/end", "https://169.254.169.254/end"])("is refused to %s", async (to) => {
    redirect(to)
    expect(await refusal(client().fetch("https://pay.example.com/"))).toMatch(/^PLUGIN_HOST_FORBIDDEN/)
    expect(asked).toHaveLength(1)
  })

  it("is followed three times, and not for ever", async () => {
    redirect("/again")
    expect(await refusal(client().fetch("https://pay.example.com/"))).toBe("PLUGIN_HTTP_FAILED too many redirects")
    expect(asked).toHaveLength(4)
  })
})

describe("an answer", () => {
  it("that does not come in time is given up", async () => {
    answer = () => undefined
    expect(await refusal(client({ limits: { whole_ms: 100 } }).fetch("https://pay.example.com/"))).toBe("PLUGIN_HTTP_FAILED it took too long")
  })

  it("that does not end in time is given up", async () => {
    answer = (_req, res) => void res.write("more")
    expect(await refusal(client({ limits: { whole_ms: 100 } }).fetch("https://pay.example.com/"))).toBe("PLUGIN_HTTP_FAILED it took too long")
  })

  it.each([["says so", true], ["does not say so", false]])("that is too large and %s is given up", async (_how, says) => {
    answer = (_req, res) => void (says ? res.setHeader("content-length", 11) : res).end("x".repeat(11))
    const { fetch } = client({ limits: { answer_bytes: 10 } })
    expect(await refusal(fetch("https://pay.example.com/"))).toBe("PLUGIN_HTTP_FAILED its answer is too large")
    answer = (_req, res) => void res.end("x".repeat(10))
    expect((await fetch("https://pay.example.com/")).text()).toHaveLength(10)
  })

  it("from a host without a certificate of its name is not taken", async () => {
    const { port } = server.address() as AddressInfo
    const { fetch } = client({ dial: (target, timeout) => dialTls({ ...target, address: "127.0.0.1", port }, timeout) })
    expect(await refusal(fetch("https://pay.example.com/"))).toBe("PLUGIN_HTTP_FAILED its certificate is not trusted")
    const named = client({ hostsOf: () => ["wrong.example.com"] })
    expect(await refusal(named.fetch("https://wrong.example.com/"))).toBe("PLUGIN_HTTP_FAILED its certificate is not trusted")
  })

  it("from a host that cannot be reached says nothing of where it is", async () => {
    const error = await client({ dial: () => Promise.reject(Object.assign(new Error("connect ECONNREFUSED 93.184.216.34:443"), { code: "ECONNREFUSED" })) }).fetch("https://pay.example.com/").catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: "PLUGIN_HTTP_FAILED", status: 502 })
    expect(JSON.stringify(error)).not.toMatch(/93\.184|ECONN/)
  })

  it("of another status than 2xx is an answer", async () => {
    answer = (_req, res) => void res.writeHead(500).end("down")
    const got = await client().fetch("https://pay.example.com/")
    expect([got.status, got.text()]).toEqual([500, "down"])
  })
})

describe("the budget", () => {
  it("is of one plugin in one shop, and new every minute", async () => {
    let now = 0
    const { portFor } = client({ hostsOf: () => HOSTS, now: () => now, limits: { per_minute: 2 } })
    const ask = (plugin: string, tenant: string) => refusal(runInTenant(tenant, () => portFor(plugin).fetch("https://pay.example.com/")))
    expect([await ask("one", "a"), await ask("one", "a"), await ask("one", "a")]).toEqual(["no refusal", "no refusal", "PLUGIN_HTTP_BUDGET"])
    expect([await ask("two", "a"), await ask("one", "b")]).toEqual(["no refusal", "no refusal"])
    now = 59_999
    expect(await ask("one", "a")).toBe("PLUGIN_HTTP_BUDGET")
    now = 60_000
    expect(await ask("one", "a")).toBe("no refusal")
  })
})
