import { inspect } from "node:util"
import { currentTenant } from "../tenancy/context"
import type { PluginOwners } from "../tenancy/seam"
import { ownerInStack } from "./owner-in-stack"
import { type PluginWork, asNobody, currentWork } from "./running"

type Owners = Pick<PluginOwners, "ownerOf" | "guard">
type Ending = (...args: never[]) => unknown

/**
 * Keeps the process alive when a plugin ends it or lets an error go that nobody catches: both count as its failure. What
 * nobody catches of other code ends the process, as Node does it. Returns what takes the containment away again.
 */
export function containProcess({ ownerOf, guard }: Owners): () => void {
  const blamed = (error: unknown): PluginWork | null => {
    const doing = currentWork()
    if (doing) return doing
    const plugin = ownerInStack(error instanceof Error ? error.stack : undefined, ownerOf)
    return plugin === null ? null : { plugin, tenant: currentTenant(), kind: "task" }
  }
  const refuse = (name: string) => {
    const error = new Error(`process.${name}() was called`)
    const doing = blamed(error)
    if (!doing) return
    asNobody(() => guard.fail(doing, error))
    throw error
  }
  const restore = (["exit", "abort", "kill"] as const).map((name) => {
    const original = process[name] as Ending
    const replacement = function (this: unknown, ...args: never[]) {
      // Another process, or asking whether one is there, is no end of ours.
      if (name !== "kill" || (Math.abs(Number(args[0])) === process.pid && (args[1] as unknown) !== 0)) refuse(name)
      return original.apply(process, args)
    }
    Object.defineProperty(process, name, { value: replacement, configurable: true, writable: true })
    return () => void Object.defineProperty(process, name, { value: original, configurable: true, writable: true })
  })
  const exit = process.exit.bind(process)
  const uncaught = (error: unknown) => {
    const doing = blamed(error)
    if (doing) return asNobody(() => guard.fail(doing, error))
    process.stderr.write(`${inspect(error)}\n`)
    exit(1)
  }
  process.on("uncaughtException", uncaught)
  process.on("unhandledRejection", uncaught)
  return () => {
    process.off("uncaughtException", uncaught)
    process.off("unhandledRejection", uncaught)
    for (const back of restore) back()
  }
}
