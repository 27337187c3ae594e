import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { type TenantManifest, definePlugin } from "@fangshi/contracts"
import { inUnitOfWork } from "@fangshi/kernel"
import { type Host, applyTenant, enterpriseFiles, knownScriptNames, makePorts, provisionTenant, setTenantStatus, startHost, switchPlugins } from "@fangshi/server"
import { PhonesAndClocks } from "./phones-and-clocks"
import { poolState } from "./pool-state"
import { type RouteBody, bodySchemas, recordBodySchemas } from "./route-matrix/record-bodies"

/** What a test may ask of the running host beside HTTP: it is the host's own code that does it. */
export type Control =
  | { op: "provision"; manifest: TenantManifest; password: string }
  | { op: "apply"; manifest: TenantManifest; password: string }
  | { op: "status"; id: string; to: "active" | "suspended" | "archived" }
  | { op: "plugins"; id: string; plugins: string[] }
  | { op: "routes" }
  | { op: "run-job"; name: string }
  | { op: "read-notes"; tenant: string | null }
  | { op: "enterprise-files" }
  | { op: "pool" }
  | { op: "sms"; id: string; phone: string }
  | { op: "pass-time"; id: string; ms: number }
  /** Calls of a plugin's ports, as ["payments.find", "plpay_1"], one after the other; `together`: in one unit of work. */
  | { op: "ports"; tenant: string; plugin: string; calls: [string, ...unknown[]][]; together?: boolean }

export type LiveRoutes = { routes: string[]; bodies: RouteBody[] }

/** `neighbours`: how many files of Medusa's free module auth-emailpass the same look finds, so that finding none means something. */
export type EnterpriseFiles = { proprietary: string[]; neighbours: number }

type Layer = { route?: { path: string | RegExp; methods: Record<string, boolean> }; name: string; handle: { stack?: Layer[] } }

/** Every route of the live Express router, as METHOD path. */
function liveRoutes(stack: Layer[]): string[] {
  return stack.flatMap((layer) => {
    if (layer.route) return Object.keys(layer.route.methods).filter((m) => layer.route?.methods[m]).map((method) => `${method.toUpperCase()} ${String(layer.route?.path)}`)
    return layer.handle.stack ? liveRoutes(layer.handle.stack) : []
  })
}

/** How many notes of the third-party plugin each way to them shows. */
async function readNotes({ container, knex }: Host): Promise<Record<"service" | "graph" | "builder" | "raw", number>> {
  const notes = container.resolve<{ listNotes(filters: object): Promise<unknown[]> }>("notes")
  const { data } = await container.resolve("query").graph({ entity: "note", fields: ["id"] })
  const { rows } = await knex.raw<{ rows: unknown[] }>("select id from note")
  return { service: (await notes.listNotes({})).length, graph: data.length, builder: (await knex("note").select("id")).length, raw: rows.length }
}

async function callPorts({ container, knex }: Host, plugin: string, calls: [string, ...unknown[]][], together: boolean): Promise<unknown[]> {
  const manifest = definePlugin({ id: plugin, version: "1.0.0", core: "^0.1.0", name: { "zh-CN": plugin, en: plugin }, description: { "zh-CN": plugin, en: plugin } })
  const ports = makePorts({ container, clock: world.now, rest: () => ({}) as never })(manifest) as unknown as Record<string, Record<string, (...args: unknown[]) => unknown>>
  const answers: unknown[] = []
  const work = async () => {
    for (const [name, ...args] of calls) {
      const [port = "", call = ""] = name.split(".")
      answers.push((await ports[port]?.[call]?.(...args)) ?? null)
    }
  }
  await (together ? inUnitOfWork(knex, async () => {}, work) : work())
  return answers
}

const world = new PhonesAndClocks()

async function perform(host: Host, control: Control): Promise<unknown> {
  switch (control.op) {
    case "provision":
      return provisionTenant(host.knex, control.manifest, { password: control.password }, []).finally(() => host.directory.forget())
    case "apply":
      return applyTenant(host, control.manifest, null, { ownerPassword: control.password, scripts: await knownScriptNames(host.settings.plugins) })
    case "status":
      await setTenantStatus(host.knex, control.id, control.to)
      return host.directory.forget()
    case "plugins":
      return switchPlugins(host.plugins, control.id, control.plugins)
    case "routes":
      return { routes: [...new Set(liveRoutes((host.app as unknown as { _router: { stack: Layer[] } })._router.stack))].sort(), bodies: bodySchemas() } satisfies LiveRoutes
    case "run-job": {
      const engine = host.container.resolve("workflows") as unknown as { workflowOrchestratorService_: { container_?: unknown } }
      const storage = (engine.workflowOrchestratorService_ as { inMemoryDistributedTransactionStorage_?: { scheduled: Map<string, unknown>; jobHandler(id: string): Promise<void> } }).inMemoryDistributedTransactionStorage_
      if (!storage) throw new Error("the workflow engine's storage is elsewhere")
      const id = [...storage.scheduled.keys()].find((key) => key.includes(control.name))
      if (!id) throw new Error(`no scheduled job ${control.name}; there are ${[...storage.scheduled.keys()].join(", ")}`)
      return storage.jobHandler(id)
    }
    case "read-notes":
      return control.tenant === null ? readNotes(host) : host.runInTenant(control.tenant, () => readNotes(host))
    case "enterprise-files":
      return { proprietary: enterpriseFiles(), neighbours: Object.keys(require.cache).filter((file) => /[\\/]@medusajs[\\/]auth-emailpass[\\/]/.test(file)).length } satisfies EnterpriseFiles
    case "pool":
      return poolState(host.knex)
    case "sms":
      return world.messages(control.id, control.phone)
    case "ports":
      return host.runInTenant(control.tenant, () => callPorts(host, control.plugin, control.calls, control.together ?? false))
    case "pass-time":
      return world.passTime(control.id, control.ms)
  }
}

async function main() {
  recordBodySchemas()
  const host = await startHost({ storefront: process.env.FANGSHI_TEST_STOREFRONT === "1", sms: world, clock: world.now })
  const control = createServer((req, res) => {
    let body = ""
    req.on("data", (chunk: Buffer) => (body += chunk.toString()))
    req.on("end", () => {
      perform(host, JSON.parse(body) as Control).then(
        (result) => res.end(JSON.stringify({ result: result ?? null })),
        (error: unknown) => res.end(JSON.stringify({ error: { code: (error as { code?: string }).code, message: String(error) } })),
      )
    })
  })
  control.listen(0, "127.0.0.1", () => process.send?.({ url: host.url, controlUrl: `http://127.0.0.1:${(control.address() as AddressInfo).port}` }))
  process.on("SIGTERM", () => {
    control.close()
    host.shutdown().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  })
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
