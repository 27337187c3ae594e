import path from "node:path"
import { z } from "@medusajs/framework/zod"

type Validator = ((...args: unknown[]) => unknown) & { schema?: unknown }
type Config = { matcher: string | RegExp; method?: string | string[]; methods?: string | string[]; middlewares?: Validator[] }

const distOf = (name: string) => {
  const entry = require.resolve(name)
  return entry.slice(0, entry.lastIndexOf(`${path.sep}dist${path.sep}`) + 5)
}

type Route = { method: string; matcher: string; handler: { schema?: unknown } }
const ours: RouteBody[] = []

/** Keeps the zod schema on every body validator of Medusa, and notes those of routes that carry their own. Call before Medusa is loaded. */
export function recordBodySchemas(): void {
  noteOwnBodies()
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a file the package does not export
  const module = require(path.join(distOf("@medusajs/framework"), "http/utils/validate-body.js")) as { validateAndTransformBody: (schema: unknown) => Validator }
  const original = module.validateAndTransformBody
  module.validateAndTransformBody = (schema) => Object.assign(original(schema), { schema })
}

function noteOwnBodies() {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a file the package does not export
  const { RoutesLoader } = require(path.join(distOf("@medusajs/framework"), "http/routes-loader.js")) as { RoutesLoader: { prototype: { registerRoute(route: Route): unknown } } }
  const original = RoutesLoader.prototype.registerRoute
  RoutesLoader.prototype.registerRoute = function (this: unknown, route: Route) {
    if (route.handler.schema) ours.push({ route: `${route.method} ${route.matcher}`, body: jsonSchema(route.handler.schema) })
    return original.call(this, route)
  }
}

export type RouteBody = { route: string; body: unknown }

/** JSON Schemas of request bodies by "METHOD path", for the routes that declare one. */
export function bodySchemas(): RouteBody[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a file the package does not export
  const file = require(path.join(path.dirname(require.resolve("@medusajs/medusa/package.json")), "dist/api/middlewares.js")) as { default: { routes: Config[] } }
  return [...ours, ...file.default.routes.flatMap((config) => {
    const schema = config.middlewares?.find((middleware) => middleware.schema)?.schema
    if (!schema || typeof config.matcher !== "string") return []
    const methods = [config.method ?? config.methods ?? []].flat()
    const real = typeof schema === "function" ? (schema as (more?: unknown) => unknown)() : schema
    return methods.map((method) => ({ route: `${method} ${String(config.matcher)}`, body: jsonSchema(real) }))
  })]
}

function jsonSchema(schema: unknown): unknown {
  try {
    return z.toJSONSchema(schema as z.ZodType, { io: "input", unrepresentable: "any" })
  } catch {
    return null
  }
}
