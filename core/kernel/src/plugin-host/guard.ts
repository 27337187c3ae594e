import { AsyncResource } from "node:async_hooks"
import { FangshiError } from "@fangshi/contracts"
import type { NextFunction, Request, RequestHandler, Response } from "express"
import { currentTenant } from "../tenancy/context"
import { CIRCUIT_RULES, Circuit, type CircuitRules, isFailure, keyOf } from "./circuit"
import { PLUGIN_LIMITS, type PluginLimits } from "./limits"
import { muteAnswer } from "./mute-answer"
import { type PluginWork, type PluginWorkKind, asNobody, asPlugin } from "./running"

export type GuardOptions = {
  /** In milliseconds. */
  now: () => number
  limits?: PluginLimits
  rules?: CircuitRules
  /** Hears of every failure. Never throws. */
  note: (doing: PluginWork, error: unknown) => void
  /** Switches the plugin off in the shop after one failure too many; until it is done, every call is refused. */
  quarantine: (doing: PluginWork, error: unknown) => Promise<void>
}

/** Runs the code of plugins: in time, in the plugin's name, and not at all where it has failed too often. */
export class PluginGuard {
  private readonly circuit: Circuit
  private readonly limits: PluginLimits
  private readonly rules: CircuitRules
  /** Plugins whose quarantine is not written yet, each with its shop. */
  private readonly paused = new Set<string>()
  // Of whoever makes the guard: no shop, no plugin, and no transaction that is about to be rolled back.
  private readonly outside = new AsyncResource("PluginGuard")

  constructor(private readonly options: GuardOptions) {
    this.rules = options.rules ?? CIRCUIT_RULES
    this.limits = options.limits ?? PLUGIN_LIMITS
    this.circuit = new Circuit(options.now, this.rules)
  }

  /** Throws what `work` throws, PLUGIN_TIMEOUT where it takes too long (what it does afterwards is not waited for), or PLUGIN_QUARANTINED. */
  async run<T>(plugin: string, kind: PluginWorkKind, work: () => T | PromiseLike<T>): Promise<T> {
    const doing = this.begin(plugin, kind)
    const timer = this.timer(doing)
    try {
      return await Promise.race([begun(() => asPlugin(doing, work)), timer.over])
    } catch (error) {
      this.fail(doing, error)
      throw error
    } finally {
      timer.stop()
    }
  }

  /** The same for a handler or middleware of Express. Done when it has answered or called `next`; what follows `next` runs in nobody's name. A stream of events may take as long as it likes. */
  handler(plugin: string, kind: "request" | "middleware", own: RequestHandler): (req: Request, res: Response, next: NextFunction) => Promise<void> {
    return async (req, res, next) => this.answer(this.begin(plugin, kind), own, req, res, next)
  }

  /** Counts a failure of what a plugin does. An error is counted once, for the plugin that threw it first. */
  fail(doing: PluginWork, error: unknown): void {
    if (!isFailure(error) || isBlamed(error)) return
    blame(error, doing.plugin)
    this.options.note(doing, error)
    // Without a shop there is nothing to switch off.
    if (!/^[a-z0-9]/.test(doing.tenant) || !this.circuit.fail(doing)) return
    const key = keyOf(doing.plugin, doing.tenant)
    if (this.paused.has(key)) return
    this.paused.add(key)
    const resume = () => void this.paused.delete(key)
    this.outside.runInAsyncScope(() => this.options.quarantine(doing, error)).then(resume, (problem: unknown) => {
      this.options.note(doing, problem)
      setTimeout(resume, this.rules.window_ms).unref()
    })
  }

  private begin(plugin: string, kind: PluginWorkKind): PluginWork {
    const tenant = currentTenant()
    if (this.paused.has(keyOf(plugin, tenant))) throw new FangshiError("PLUGIN_QUARANTINED", { plugin })
    const doing = { plugin, tenant, kind }
    this.circuit.begin(doing)
    return doing
  }

  private timer({ plugin, kind }: PluginWork): { over: Promise<never>; stop: () => void } {
    const seconds = this.limits[kind]
    let timer: NodeJS.Timeout | undefined
    const over = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new FangshiError("PLUGIN_TIMEOUT", { plugin, seconds })), seconds * 1_000).unref()
    })
    return { over, stop: () => clearTimeout(timer) }
  }

  private async answer(doing: PluginWork, own: RequestHandler, req: Request, res: Response, next: NextFunction): Promise<void> {
    let late = false
    let passed: () => void = () => undefined
    const passing = new Promise<void>((resolve) => (passed = resolve))
    const ownNext: NextFunction = (error?: unknown) => {
      if (late) return
      passed()
      // The two words by which Express leaves a route or a router.
      if (error !== undefined && error !== "route" && error !== "router") this.fail(doing, error)
      asNobody(() => next(error))
    }
    const answering = async () => {
      await begun(() => asPlugin(doing, () => own(req, res, ownNext) as unknown))
      if (!res.writableEnded && !res.closed) await new Promise<void>((resolve) => res.once("close", resolve))
    }
    const timer = this.timer(doing)
    const answer = answering()
    let done = false
    answer.catch((error: unknown) => done && !late && this.fail(doing, error))
    try {
      await Promise.race([answer, passing, timer.over])
    } catch (error) {
      if (isTimeout(error, doing.plugin) && (res.writableEnded || isEventStream(res))) return
      late = true
      this.fail(doing, error)
      if (isTimeout(error, doing.plugin)) muteAnswer(res)
      throw error
    } finally {
      done = true
      timer.stop()
    }
  }
}

// Where an endless loop is ended from outside (watchdog.ts), what is on its stack ends with it, V8 forgets the microtasks that
// wait, and Node does not survive it in the callback of a timer. So: in a turn of its own, and in a microtask of that.
const begun = <T>(work: () => T | PromiseLike<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    setImmediate(() => void Promise.resolve().then(work).then(resolve, reject))
  })

const isTimeout = (error: unknown, plugin: string) => error instanceof FangshiError && error.code === "PLUGIN_TIMEOUT" && error.params.plugin === plugin

const isEventStream = (res: Response) => res.headersSent && /^text\/event-stream\b/i.test(String(res.getHeader("content-type") ?? ""))

// A property, so that the log shows it and a trip through the JSON of a workflow keeps it.
const BLAMED = "failed_plugin"
const isBlamed = (error: unknown) => typeof error === "object" && error !== null && BLAMED in error
function blame(error: unknown, plugin: string) {
  if (typeof error === "object" && error !== null && Object.isExtensible(error)) Object.assign(error, { [BLAMED]: plugin })
}
