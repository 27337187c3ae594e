import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs"
import path from "node:path"
import { Worker } from "node:worker_threads"
import { type PluginWork, currentWork } from "./running"

/** A plugin that did not give the process back. */
export type Blocked = PluginWork & { seconds: number }

export type WatchdogOptions = {
  /** How long nothing else may get its turn. */
  limit_ms: number
  /** Where it is written down whose code it was, in a file of this process, for the case that the process does not survive. */
  folder: string
  /** Hears of it once the process runs again. Never throws. */
  blocked: (what: Blocked) => void
}

/** Under Node 20 and 22 V8's end of an execution takes Node's own books of asynchronous work with it, and the process; under 24 only in the callback of a timer. */
const MAY_TERMINATE = Number(process.versions.node.split(".")[0]) >= 24

/**
 * Watches from another thread whether this one still takes turns. Where a plugin's code keeps it (an endless loop), that
 * code is ended where V8 allows it, and else the process, which whoever supervises it starts again.
 */
export function watchEventLoop({ limit_ms, folder, blocked }: WatchdogOptions): () => Promise<void> {
  Object.defineProperty(globalThis, Symbol.for("fangshi.plugin_work"), { value: workInWords, configurable: true })
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, `${process.pid}.jsonl`)
  const beat = new SharedArrayBuffer(4)
  const beats = new Int32Array(beat)
  const pulse = setInterval(() => Atomics.add(beats, 0, 1), Math.min(250, limit_ms / 4)).unref()
  const worker = new Worker(path.join(__dirname, "watchdog-thread.cjs"), { workerData: { beat, limit_ms, file, mayTerminate: MAY_TERMINATE }, execArgv: [], env: {} })
  worker.on("message", (what: Blocked) => {
    rmSync(file, { force: true })
    blocked(what)
  })
  worker.unref()
  return async () => {
    clearInterval(pulse)
    await worker.terminate()
  }
}

/** For the other thread, which asks while this one stands still. */
function workInWords(): string {
  const doing = currentWork()
  return doing ? JSON.stringify(doing) : ""
}

/** Hands each plugin that was written down before its process was ended to `settle`, and forgets it afterwards. */
export async function settleBlocked(folder: string, settle: (what: Blocked) => Promise<void>): Promise<void> {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const file = path.join(folder, name)
    for (const line of readFileSync(file, "utf8").split("\n").filter(Boolean)) await settle(JSON.parse(line) as Blocked)
    rmSync(file, { force: true })
  }
}
