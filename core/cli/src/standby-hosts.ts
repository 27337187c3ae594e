import { type ChildProcess, fork } from "node:child_process"
import path from "node:path"
import { OWN_SOURCES } from "@fangshi/kernel/src/own-sources"
import { REPOSITORY } from "@fangshi/server/src/settings"
import { changedSince } from "./changed-since"
import type { DevAnswer, DevOrder } from "./dev-child"

const CHILD = path.join(__dirname, "dev-child.ts")
/** Nearly all that is made while Medusa loads lives on, and each of V8's small collections would copy it once more. MiB. */
const ROOMY = ["--min-semi-space-size=32", "--max-semi-space-size=32"]
/** How long a host may take to stop by itself: less than the next one needs before it listens at the same port. */
const PATIENCE_MS = 500
/** One for a change, and one for a change that follows on it. */
const COUNT = 2

export const ended = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

export const tell = (child: ChildProcess, order: DevOrder): unknown => child.connected && child.send(order)

/** Stops a host, whether it is held or not, and has it killed when it takes too long. */
export async function end(child: ChildProcess): Promise<void> {
  if (ended(child)) return
  const impatient = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS)
  await new Promise<void>((resolve) => {
    child.once("exit", () => resolve())
    child.kill("SIGTERM")
    child.kill("SIGCONT")
  })
  clearTimeout(impatient)
}

/** `from`: when it began to load, in milliseconds of the epoch. */
type Standby = { child: ChildProcess; from: number; files: readonly string[]; loaded: boolean }

/** Processes that have loaded what a host needs before one is wanted: one after the other, and none while a host starts, which would wait for the processor. */
export class StandbyHosts {
  private standbys: Standby[] = []
  private files: readonly string[] = []
  private held = false

  constructor(private readonly env: NodeJS.ProcessEnv) {
    this.load()
  }

  /** From now on they load, these files among others. */
  fill(files: readonly string[] = this.files): void {
    if (files.join() !== this.files.join()) this.files = files
    this.held = false
    for (const { child } of this.standbys) child.kill("SIGCONT")
    this.load()
  }

  /** The one that has loaded most, for a start: the others are held until fill. One that has loaded what was changed since is ended. */
  async take(): Promise<ChildProcess> {
    this.held = true
    const old = this.standbys.filter(({ files, from }) => changedSince(files, from))
    await Promise.all(old.map(({ child }) => end(child)))
    const taken = this.standbys.shift()
    for (const { child, loaded } of this.standbys) if (!loaded) child.kill("SIGSTOP")
    taken?.child.kill("SIGCONT")
    return taken?.child ?? this.fork()
  }

  async stop(): Promise<void> {
    this.held = true
    await Promise.all(this.standbys.map(({ child }) => end(child)))
  }

  private fork(): ChildProcess {
    return fork(CHILD, [], { cwd: REPOSITORY, env: this.env, execArgv: [...ROOMY, ...OWN_SOURCES], stdio: "inherit" })
  }

  private load(): void {
    if (this.held || this.standbys.some(({ loaded }) => !loaded)) return
    const behind = this.standbys.find(({ files }) => files !== this.files) ?? (this.standbys.length < COUNT ? this.add() : undefined)
    if (!behind) return
    Object.assign(behind, { files: this.files, loaded: false })
    tell(behind.child, { warm: [...this.files] })
  }

  private add(): Standby {
    const standby: Standby = { child: this.fork(), from: Date.now(), files: [], loaded: false }
    this.standbys.push(standby)
    standby.child.on("message", (answer: DevAnswer) => {
      if (answer !== "loaded" || !this.standbys.includes(standby)) return
      standby.loaded = true
      this.load()
    })
    // Not replaced at once: what ended it would end the next one as well.
    standby.child.once("exit", () => (this.standbys = this.standbys.filter((one) => one !== standby)))
    return standby
  }
}
