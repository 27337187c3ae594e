import path from "node:path"
import { FangshiError } from "@fangshi/contracts"
import { StepResponse, WorkflowResponse, createStep, createWorkflow } from "@medusajs/framework/workflows-sdk"
import type { NextFunction, Request, RequestHandler, Response } from "express"
import { ownerInStack } from "../../plugin-host/owner-in-stack"
import { rememberFault } from "../../plugin-host/while-plugins-load"
import { type PluginOwners, type SeamUse, type Wrap, expectSeam, medusaInternal, wrapMethod } from "../seam"

type Route = { absolutePath?: string; method: string; matcher: string; handler: RequestHandler & Record<string, unknown> }
const uses: Record<"routes" | "middlewares" | "jobs" | "hooks", SeamUse> = { routes: { calls: 0 }, middlewares: { calls: 0 }, jobs: { calls: 0 }, hooks: { calls: 0 } }

/** A plugin's route answers only where it is switched on; elsewhere Medusa's own route of that path does, or 404. Throws PLUGIN_CONFLICT where two plugins bring the same. */
export const pluginRoutes: Wrap = {
  name: "plugin-routes",
  reason: "A plugin's routes answered in every shop.",
  seam: "@medusajs/framework http/routes-loader.js registerRoute",
  beforeLoad: ({ plugins }) => {
    const { RoutesLoader } = medusaInternal<{ RoutesLoader: { prototype: object } }>("@medusajs/framework", "http/routes-loader.js")
    wrapMethod(pluginRoutes.seam, RoutesLoader.prototype, "scanDir", (original) => function (this: object, directory: string) {
      return rememberFault(() => original.call(this, directory) as Promise<void>)
    })
    const seen = new WeakMap<object, Map<string, Route & { owner: string | null }>>()
    uses.routes = wrapMethod(pluginRoutes.seam, RoutesLoader.prototype, "registerRoute", (original) => function (this: object, route: Route) {
      const owner = plugins.ownerOf(route.absolutePath ?? "")
      const known = seen.get(this) ?? new Map<string, Route & { owner: string | null }>()
      seen.set(this, known)
      const key = `${route.method} ${route.matcher}`
      const shadowed = known.get(key)
      const other = shadowed?.owner ?? null
      if (owner !== null && other !== null && owner !== other) throw new FangshiError("PLUGIN_CONFLICT", { what: "route", name: key, one: other, other: owner })
      if (owner !== null) route.handler = gate(plugins, owner, route.handler, shadowed?.handler)
      known.set(key, { ...route, owner: owner ?? other })
      return original.call(this, route)
    })
  },
  verify: () => expectSeam(uses.routes.calls > 100, "Medusa registers its routes elsewhere"),
}

function gate(plugins: PluginOwners, owner: string, own: Route["handler"], shadowed?: RequestHandler): Route["handler"] {
  const guarded = plugins.guard.handler(owner, "request", own)
  const gated = (req: Request, res: Response, next: NextFunction) => {
    if (plugins.isActive(owner)) return guarded(req, res, next) as unknown
    if (shadowed) return shadowed(req, res, next) as unknown
    return res.status(404).json({ type: "not_found", message: "Not found." })
  }
  return Object.assign(gated as RequestHandler, own) as Route["handler"]
}

/** The same for middlewares a plugin declares. */
export const pluginMiddlewares: Wrap = {
  name: "plugin-middlewares",
  reason: "A plugin's middleware changed the requests of every shop.",
  seam: "@medusajs/framework http/middleware-file-loader.js scanDir",
  beforeLoad: ({ plugins }) => {
    const { MiddlewareFileLoader } = medusaInternal<{ MiddlewareFileLoader: { prototype: object } }>("@medusajs/framework", "http/middleware-file-loader.js")
    type Loader = { getMiddlewares(): { handler: RequestHandler }[] }
    uses.middlewares = wrapMethod(pluginMiddlewares.seam, MiddlewareFileLoader.prototype, "scanDir", (original) => async function (this: Loader, directory: string) {
      const before = this.getMiddlewares().length
      await rememberFault(() => original.call(this, directory) as Promise<void>)
      const owner = plugins.ownerOf(path.join(directory, "middlewares"))
      if (owner === null) return
      for (const middleware of this.getMiddlewares().slice(before)) {
        const own = plugins.guard.handler(owner, "middleware", middleware.handler)
        middleware.handler = (req, res, next) => (plugins.isActive(owner) ? (own(req, res, next) as unknown) : next())
      }
    })
  },
  verify: () => expectSeam(uses.middlewares.calls > 0, "Medusa reads its middlewares elsewhere"),
}

type JobDescriptor = { path: string; config: { name: string }; handler: (container: unknown, context: unknown) => Promise<unknown> }

/** Jobs are fanned out over tenants by scheduled-work; here only the switch of the plugin is looked at. */
export const pluginJobs: Wrap = {
  name: "plugin-jobs",
  reason: "A plugin's job ran for shops that have not switched it on.",
  seam: "@medusajs/framework jobs/job-loader.js register",
  beforeLoad: ({ plugins }) => {
    const { JobLoader } = medusaInternal<{ JobLoader: { prototype: object } }>("@medusajs/framework", "jobs/job-loader.js")
    uses.jobs = wrapMethod(pluginJobs.seam, JobLoader.prototype, "register", (original) => function (job: JobDescriptor) {
      const owner = plugins.ownerOf(job.path)
      const own = job.handler
      const handler = async (container: unknown, context: unknown) => {
        if (owner === null) return own(container, context)
        return plugins.isActive(owner) ? plugins.guard.run(owner, "job", () => own(container, context)) : undefined
      }
      return original.call(this, { ...job, handler })
    })
  },
  verify: async () => {
    const { JobLoader } = medusaInternal<{ JobLoader: { prototype: object } }>("@medusajs/framework", "jobs/job-loader.js")
    const before = uses.jobs.calls
    const probe = Object.assign(Object.create(JobLoader.prototype) as object, { logger: { debug: () => undefined }, validateConfig: () => undefined }) as unknown as { onFileLoaded(path: string, exports: object): Promise<void> }
    // Without a config Medusa fails right after the wrapped method, before anything is scheduled.
    await probe.onFileLoaded("fangshi-self-test", { default: async () => undefined }).catch(() => undefined)
    expectSeam(uses.jobs.calls > before, "jobs are registered elsewhere")
  },
}

type StepParts = { invokeFn?: (...args: unknown[]) => unknown; compensateFn?: (...args: unknown[]) => unknown }
const composer = () => medusaInternal<{ createStepHandler: (parts: StepParts) => unknown }>("@medusajs/workflows-sdk", "utils/composer/helpers/create-step-handler.js")

/** A hook into a workflow of Medusa is made while the plugin's file is imported, so the importing file tells whose it is. */
export const pluginHooks: Wrap = {
  name: "plugin-hooks",
  reason: "A plugin's hook into a workflow of Medusa ran in every shop.",
  seam: "@medusajs/workflows-sdk utils/composer/helpers/create-step-handler.js",
  beforeLoad: ({ plugins }) => {
    uses.hooks = wrapMethod(pluginHooks.seam, composer(), "createStepHandler", (original) => function (parts: StepParts) {
      const owner = ownerInStack(new Error().stack, plugins.ownerOf)
      const { invokeFn, compensateFn } = parts
      if (owner === null || !invokeFn) return original.call(this, parts) as unknown
      return original.call(this, {
        ...parts,
        invokeFn: (...args: unknown[]) => (plugins.isActive(owner) ? plugins.guard.run(owner, "hook", () => invokeFn(...args)) : undefined),
        ...(compensateFn ? { compensateFn: (...args: unknown[]) => (plugins.isActive(owner) ? plugins.guard.run(owner, "hook", () => compensateFn(...args)) : undefined) } : {}),
      }) as unknown
    })
  },
  verify: () => {
    const before = uses.hooks.calls
    createWorkflow(`fangshi-self-test-${before}`, () => new WorkflowResponse(createStep("fangshi-self-test", async () => new StepResponse(null))()))
    expectSeam(uses.hooks.calls > before, "workflow steps are made elsewhere")
  },
}
