import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { OWN_SOURCES } from "@fangshi/kernel/src/own-sources"
import type { TestDatabase } from "@fangshi/testing"
import type { Order, Told } from "./command-line"
import { type Env, REPOSITORY, type Run, environment } from "./run-fangshi"

/** The fangshi command without its start: many commands, one after the other, in one process. What is about the process itself goes through runFangshi. */
export class CommandProcess {
  private child: ChildProcess | null = null

  constructor(private readonly database: () => Pick<TestDatabase, "ownerUrl">) {}

  /** As runFangshi: with a data folder of its own, and nothing of the command before it but loaded code. */
  async run(args: string[], env: Env = {}): Promise<Run> {
    const data = mkdtempSync(path.join(tmpdir(), "fangshi-cli-"))
    try {
      const { spent, ...run } = await this.ask({ args, env: definite(environment(this.database(), { FANGSHI_DATA: data, ...env })) })
      if (spent) await this.end()
      return run
    } finally {
      rmSync(data, { recursive: true, force: true })
    }
  }

  async end(): Promise<void> {
    const { child } = this
    this.child = null
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    child.kill("SIGKILL")
    await once(child, "exit")
  }

  private ask(order: Order): Promise<Told> {
    const child = (this.child ??= fork(path.join(__dirname, "command-line.ts"), { cwd: REPOSITORY, execArgv: OWN_SOURCES, env: order.env }))
    return new Promise((resolve, reject) => {
      const gone = (code: number | null, signal: string | null) => reject(new Error(`fangshi ${order.args.join(" ")} took its process with it (${String(code ?? signal)})`))
      child.once("exit", gone)
      child.once("message", (told) => {
        child.off("exit", gone)
        resolve(told as Told)
      })
      child.send(order)
    })
  }
}

const definite = (env: NodeJS.ProcessEnv) => Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
