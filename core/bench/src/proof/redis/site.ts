import { lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { REPOSITORY } from "@fangshi/server"
import { type Control, type HostProcess, type SharedHost, ShopClient, type TestDatabase, type TestTenant, asOwner, control, createTenant, startHostProcess } from "@fangshi/testing"

const PLUGINS = { "medusa-plugin-notes": path.join(REPOSITORY, "core/testing/fixtures/third-party"), "medusa-plugin-probe": path.join(__dirname, "plugin") }

/** A shop; `word` is in everything it writes and in nothing of anybody else. */
export type Shop = { tenant: TestTenant; word: string }
/** What the probe plugin left behind: `what` names the deed, `pid` the process. */
export type Note = { what: string; pid: number; text: string }

/** Two processes on one database and one Redis, two shops alike, and a third that is suspended. */
export class Site {
  private readonly running: HostProcess[] = []
  private readonly dataDir = mkdtempSync(path.join(tmpdir(), "fangshi-redis-"))
  readonly shops: Shop[] = []
  suspended!: TestTenant

  constructor(
    private readonly database: TestDatabase,
    private readonly redisUrl: string,
  ) {
    linkPlugin(PLUGINS["medusa-plugin-probe"])
  }

  get ownerUrl(): string {
    return this.database.ownerUrl
  }

  get pids(): number[] {
    return this.running.map(({ pid }) => pid)
  }

  host(process_: number): SharedHost {
    const host = this.running[process_]
    if (!host) throw new Error(`There is no process ${process_}`)
    return { url: host.url, controlUrl: host.controlUrl, ownerUrl: this.database.ownerUrl, appUrl: this.database.appUrl }
  }

  client = ({ tenant }: Pick<Shop, "tenant">, process_: number): ShopClient => new ShopClient(this.host(process_), tenant)

  /** Starts one more process. */
  async join(): Promise<void> {
    this.running.push(
      await startHostProcess(this.database, { REDIS_URL: this.redisUrl, FANGSHI_DATA: this.dataDir, FANGSHI_PLUGINS: Object.values(PLUGINS).join(","), FANGSHI_LOG_LEVEL: "fatal" }),
    )
  }

  /** With the first process running. */
  async openShops(): Promise<void> {
    for (const prefix of ["a", "b"]) {
      const tenant = await createTenant(prefix, this.host(0))
      this.shops.push({ tenant, word: `word-of-${tenant.id}` })
    }
    this.suspended = await createTenant("c", this.host(0))
    for (const { id } of [...this.shops.map(({ tenant }) => tenant), this.suspended]) await this.ask({ op: "plugins", id, plugins: Object.keys(PLUGINS) })
    await this.ask({ op: "status", id: this.suspended.id, to: "suspended" })
  }

  private ask = (command: Control) => control(command, this.host(0))

  /** What was left in a shop by deeds that begin so. */
  async notes({ tenant }: Pick<Shop, "tenant">, beginning: string): Promise<Note[]> {
    const rows = await asOwner<{ slug: string; text: string }>(this.ownerUrl, "select slug, text from note where tenant_id = $1 and starts_with(slug, $2)", [tenant.id, beginning])
    return rows.map(({ slug, text }) => {
      const [what = "", pid] = slug.split("|")
      return { what, pid: Number(pid), text }
    })
  }

  /** Ends the processes as an operator would, so that what they had begun is finished. */
  async close(): Promise<void> {
    await Promise.all(this.running.splice(0).map((host) => host.kill()))
    rmSync(this.dataDir, { recursive: true, force: true })
  }
}

/** Medusa looks for a plugin's code in .medusa/server/src. */
function linkPlugin(folder: string) {
  const link = path.join(folder, ".medusa/server/src")
  if (lstatSync(link, { throwIfNoEntry: false })) return
  mkdirSync(path.dirname(link), { recursive: true })
  symlinkSync(path.join("..", "..", "src"), link, "junction")
}
