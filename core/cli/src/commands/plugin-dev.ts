import type { ChildProcess } from "node:child_process"
import { type FSWatcher, realpathSync, watch } from "node:fs"
import path from "node:path"
import { assertEnvironment } from "@fangshi/server/src/settings"
import { type Database, migrateDatabase, openDatabase } from "../database"
import type { DevAnswer, DevReady } from "../dev-child"
import { schemaStamp } from "../schema-stamp"
import { StandbyHosts, end, ended, tell } from "../standby-hosts"
import { printError } from "../steps"
import { isLoaded, pluginFolder } from "./plugin-folder"

/** Editors write a file in several steps; the last one counts. */
const SETTLE_MS = 80
/** What changes no running code: the tests, and what is read when the pages are built. */
const UNCHANGED = /\.spec\.tsx?$|(?:^|\/)(?:\.medusa|node_modules|test|storefront|locales)(?:\/|$)/

/** The host in a process of its own, replaced when the plugin's files change. The next one waits with all of Medusa loaded and nothing of the plugin. */
class DevHost {
  private current: ChildProcess | null = null
  private readonly standbys: StandbyHosts
  /** Is `current` not yet serving? */
  private starting = false
  private again = false
  private stopped = false
  private running: Promise<void> | null = null

  /** `folder`: the plugin that is worked on, of which nothing is loaded before a start. */
  constructor(
    private readonly folder: string,
    env: NodeJS.ProcessEnv,
    private readonly migrate: () => Promise<unknown>,
  ) {
    this.standbys = new StandbyHosts(env)
  }

  /** Many changes are one more start; one that is under way with what was there before is given up. */
  restart(): Promise<void> {
    this.again = true
    if (this.starting) this.current?.kill("SIGTERM")
    this.running ??= this.run().finally(() => (this.running = null))
    return this.running
  }

  async stop(): Promise<void> {
    this.stopped = true
    await Promise.all([this.standbys.stop(), this.current && end(this.current)])
  }

  private async run() {
    while (this.again && !this.stopped) {
      this.again = false
      const from = Date.now()
      const ready = await this.boot()
      if (ready) console.log(`✓ ${ready.url}  ${((Date.now() - from) / 1000).toFixed(1)} s`)
      else if (!this.stopped && !this.again) console.error("✗ 修改后会再试 mend it and it is tried again")
    }
  }

  private async boot(): Promise<DevReady | null> {
    // Not waited for: it lets go of the port long before the next one wants it.
    const gone = this.current ? end(this.current) : null
    try {
      await this.migrate()
    } catch (error) {
      printError(error)
      await gone
      return null
    }
    const child = await this.standbys.take()
    this.current = child
    if (this.stopped) await end(child)
    this.starting = true
    const ready = await new Promise<DevReady | null>((resolve) => {
      child.on("message", (answer: DevAnswer) => answer !== "loaded" && resolve(answer))
      child.once("exit", () => resolve(null))
      if (ended(child)) resolve(null)
      tell(child, "start")
    })
    this.starting = false
    await gone
    if (!this.stopped) this.standbys.fill(ready?.loaded.filter((file) => !file.startsWith(this.folder + path.sep)))
    return ready
  }
}

function watchSource(folder: string, changed: () => void): FSWatcher {
  let timer: NodeJS.Timeout | undefined
  return watch(folder, { recursive: true }, (_event, file) => {
    if (file === null || UNCHANGED.test(file.replaceAll("\\", "/"))) return
    clearTimeout(timer)
    timer = setTimeout(changed, SETTLE_MS)
  })
}

/** Asks the database only when a file has changed that a migration could come from. */
function migratesOnChange(database: Database): () => Promise<void> {
  let done = ""
  return async () => {
    const stamp = schemaStamp()
    if (stamp === done) return
    await migrateDatabase(database)
    done = stamp
  }
}

/** Runs the host with a plugin on the database of `npm start` and starts it anew whenever a file of the plugin changes, until SIGINT or SIGTERM. */
export async function dev(options: { plugin: string }): Promise<void> {
  assertEnvironment()
  const folder = pluginFolder(options.plugin)
  const plugins = [process.env.FANGSHI_PLUGINS, isLoaded(folder) ? null : folder].filter(Boolean).join(",")
  process.env.FANGSHI_PLUGINS = plugins
  const database = await openDatabase()
  const host = new DevHost(realpathSync(folder), { ...process.env, MEDUSA_DISABLE_TELEMETRY: "1", FANGSHI_PLUGINS: plugins, DATABASE_URL: database.ownerUrl, FANGSHI_APP_DATABASE_URL: database.appUrl, FANGSHI_LOG_LEVEL: process.env.FANGSHI_LOG_LEVEL ?? "error" }, migratesOnChange(database))
  const watcher = watchSource(folder, () => void host.restart())
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    watcher.close()
    void host.stop().then(() => database.stop()).then(() => process.exit(0))
  }
  process.on("SIGINT", stop)
  process.on("SIGTERM", stop)
  await host.restart()
}
