import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { FangshiError } from "@fangshi/contracts"
import express, { type NextFunction, type Request, type RequestHandler, type Response } from "express"
import { currentTenant, runInTenant } from "../tenancy/context"
import { PluginGuard } from "./guard"
import { PLUGIN_LIMITS } from "./limits"
import { type PluginWork, currentPlugin, currentWork } from "./running"

/** In seconds: what hangs is given up soon. */
const QUICK = { ...PLUGIN_LIMITS, request: 0.1, middleware: 0.1, subscriber: 0.1 }

function guarded({ quarantine = async () => undefined as void, failures = 2 }: { quarantine?: (doing: PluginWork) => Promise<void>; failures?: number } = {}) {
  const noted: string[] = []
  const quarantined: string[] = []
  const guard = new PluginGuard({
    now: () => 0,
    limits: QUICK,
    rules: { failures, window_ms: 60_000, share: 0 },
    note: ({ plugin, tenant, kind }, error) => void noted.push(`${plugin} ${tenant} ${kind} ${(error as Error).message}`),
    quarantine: async (doing) => {
      quarantined.push(`${doing.plugin} ${doing.tenant} ${currentTenant()}|${currentPlugin() ?? ""}`)
      await quarantine(doing)
    },
  })
  return { guard, noted, quarantined }
}

const fails = async () => Promise.reject(new Error("broken"))
const codeOf = (work: Promise<unknown>) => work.then(() => "done", (error: unknown) => (error instanceof FangshiError ? error.code : (error as Error).message))

describe("what a plugin runs in the background", () => {
  it("has the plugin's name, also in the timers it begins, and nothing after it has", async () => {
    const { guard } = guarded()
    const seen = await runInTenant("a", () =>
      guard.run("one", "job", async () => {
        await new Promise((resolve) => setTimeout(resolve, 1))
        return [currentPlugin(), currentWork()]
      }),
    )
    expect(seen).toEqual(["one", { plugin: "one", tenant: "a", kind: "job" }])
    expect(currentPlugin()).toBeNull()
  })

  it("is given up after its time, which counts as a failure", async () => {
    const { guard, noted } = guarded()
    expect(await codeOf(runInTenant("a", () => guard.run("one", "subscriber", () => new Promise(() => undefined))))).toBe("PLUGIN_TIMEOUT")
    expect(noted).toEqual(["one a subscriber The plugin one did not finish within 0.1 seconds."])
  })

  it("may fail after it was given up, and nobody falls over it", async () => {
    const { guard, noted } = guarded()
    let fail: (error: Error) => void = () => undefined
    const hanging = runInTenant("a", () => guard.run("one", "subscriber", () => new Promise((_, reject) => (fail = reject))))
    expect(await codeOf(hanging)).toBe("PLUGIN_TIMEOUT")
    fail(new Error("too late"))
    await new Promise((resolve) => setImmediate(resolve))
    expect(noted).toHaveLength(1)
  })

  it("is refused after one failure too many until its quarantine is written, in this shop alone and this plugin alone", async () => {
    let written: () => void = () => undefined
    const { guard, quarantined } = guarded({ quarantine: () => new Promise((resolve) => (written = resolve)) })
    const run = (tenant: string, plugin: string, work: () => Promise<unknown> = async () => "fine") => runInTenant(tenant, () => codeOf(guard.run(plugin, "job", work)))
    expect([await run("a", "one", fails), await run("a", "one"), await run("a", "one", fails)]).toEqual(["broken", "done", "broken"])
    expect([await run("a", "one"), await run("b", "one"), await run("a", "two")]).toEqual(["PLUGIN_QUARANTINED", "done", "done"])
    expect(quarantined).toEqual(["one a |"])
    written()
    await new Promise((resolve) => setImmediate(resolve))
    expect(await run("a", "one")).toBe("done")
  })

  it("counts an error that went through two plugins once, for the one that threw it", async () => {
    const { guard, noted } = guarded()
    await codeOf(runInTenant("a", () => guard.run("outer", "job", () => guard.run("inner", "hook", fails))))
    expect(noted).toEqual(["inner a hook broken"])
  })

  it("does not count a refusal of bad input", async () => {
    const { guard, noted } = guarded()
    const refuses = () => Promise.reject(new FangshiError("REQUEST_INVALID", { field: "x" }))
    expect(await codeOf(runInTenant("a", () => guard.run("one", "job", refuses)))).toBe("REQUEST_INVALID")
    expect(noted).toEqual([])
  })
})

describe("a plugin's handler", () => {
  const servers: Server[] = []
  afterEach(() => Promise.all(servers.splice(0).map((server) => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))))))

  /** As Medusa calls handlers: what they reject with goes to `next`. */
  const wrapped = (handler: ReturnType<PluginGuard["handler"]>): RequestHandler => (req, res, next) => void handler(req, res, next).catch(next)

  async function serve(own: RequestHandler, rest: RequestHandler = (_req, res) => void res.json({ then: currentPlugin() })) {
    const made = guarded({ failures: 100 })
    const app = express()
    app.use((_req, _res, next) => void runInTenant("a", () => next()))
    app.get("/", wrapped(made.guard.handler("one", "request", own)), rest)
    app.use((error: Error & { status?: number }, _req: Request, res: Response, _next: NextFunction) => (res.headersSent ? void res.destroy() : void res.status(error.status ?? 500).json({ code: (error as { code?: string }).code ?? error.message })))
    const server = createServer(app)
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    return { ...made, ask: async () => fetch(url).then(async (res) => [res.status, await res.json()] as unknown[]), url }
  }

  it("answers as it likes, in the plugin's name", async () => {
    const { ask, noted } = await serve((_req, res) => void setTimeout(() => res.json({ of: currentPlugin() }), 5))
    expect(await ask()).toEqual([200, { of: "one" }])
    expect(noted).toEqual([])
  })

  it("passes on in nobody's name, and is not waited for any more", async () => {
    const { ask, noted } = await serve((_req, _res, next) => next(), (_req, res) => void setTimeout(() => res.json({ then: currentPlugin() }), 220))
    expect(await ask()).toEqual([200, { then: null }])
    expect(noted).toEqual([])
  })

  it.each<[string, RequestHandler]>([
    ["throws", () => { throw new Error("broken") }],
    ["rejects", (() => Promise.reject(new Error("broken"))) as unknown as RequestHandler],
    ["passes an error on", (_req, _res, next) => next(new Error("broken"))],
  ])("has failed when it %s", async (_how, own) => {
    const { ask, noted } = await serve(own)
    expect(await ask()).toEqual([500, { code: "broken" }])
    expect(noted).toEqual(["one a request broken"])
  })

  it.each<[string, RequestHandler]>([
    ["never settles", (() => new Promise(() => undefined)) as unknown as RequestHandler],
    ["returns and never answers", () => undefined],
  ])("is answered for with 504 when it %s", async (_how, own) => {
    const { ask, noted } = await serve(own)
    expect(await ask()).toEqual([504, { code: "PLUGIN_TIMEOUT" }])
    expect(noted).toHaveLength(1)
  })

  it("may answer after that: what it says then is dropped and throws nothing", async () => {
    let late: unknown
    let said: () => void = () => undefined
    const saying = new Promise<void>((resolve) => (said = resolve))
    const { ask } = await serve((_req, res) => {
      setTimeout(() => {
        try {
          res.status(200).set("x-late", "1").json({ late: true })
          res.write("more")
          res.end()
        } catch (error) {
          late = error
        }
        said()
      }, 220)
    })
    expect(await ask()).toEqual([504, { code: "PLUGIN_TIMEOUT" }])
    await saying
    expect(late).toBeUndefined()
  })

  it("may send events for ever, and nothing else", async () => {
    const endless = (type: string): RequestHandler => (_req, res) => {
      res.type(type).write("data: 1\n\n")
      const timer = setInterval(() => res.write("data: 2\n\n"), 10)
      res.once("close", () => clearInterval(timer))
    }
    const events = await serve(endless("text/event-stream"))
    const reader = (await fetch(events.url)).body?.getReader()
    const until = Date.now() + 300
    let got = await reader?.read()
    while (Date.now() < until) got = await reader?.read()
    await reader?.cancel()
    expect(got?.done).toBe(false)
    expect(events.noted).toEqual([])

    const text = await serve(endless("text/plain"))
    await expect(fetch(text.url).then((res) => res.text())).rejects.toThrow()
    expect(text.noted).toHaveLength(1)
  })
})
