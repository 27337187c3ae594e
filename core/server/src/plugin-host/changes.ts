import { Client } from "pg"
import { log } from "../log"

export const TENANT_CHANGES = "fangshi_tenants"
/** Messages between the processes for those who watch (LivePort). */
export const LIVE_MESSAGES = "fangshi_live"

const AGAIN_MS = 1_000

type Hear = (payload: string) => void

/**
 * What other processes say over Postgres, on a connection of its own. `lost` is called whenever something may have been
 * missed: when the connection broke, and when it is there again.
 */
export class Changes {
  private client: Client | null = null
  private ended = false
  private timer: NodeJS.Timeout | null = null
  private readonly hearers: [string, Hear][] = []

  constructor(
    private readonly databaseUrl: string,
    private readonly lost: () => void,
  ) {}

  /** Before start(). */
  on(channel: typeof TENANT_CHANGES | typeof LIVE_MESSAGES, hear: Hear): void {
    this.hearers.push([channel, hear])
  }

  get connected(): boolean {
    return this.client !== null
  }

  async start(): Promise<void> {
    if (this.ended) return
    const client = new Client({ connectionString: this.databaseUrl, application_name: "fangshi-changes", keepAlive: true })
    const gone = (error?: Error) => {
      if (this.client !== client) return
      this.client = null
      if (!this.ended) log.warn({ err: error }, "no longer hears what other processes change")
      this.again()
    }
    client.on("error", gone)
    client.on("end", () => gone())
    client.on("notification", ({ channel, payload }) => {
      for (const [name, hear] of this.hearers) if (name === channel) hear(payload ?? "")
    })
    try {
      await client.connect()
      for (const channel of new Set(this.hearers.map(([name]) => name))) await client.query(`listen ${channel}`)
      this.client = client
    } catch (error) {
      client.end().catch(() => undefined)
      log.warn({ err: error }, "cannot hear what other processes change")
      this.again()
      return
    }
    this.lost()
  }

  async stop(): Promise<void> {
    this.ended = true
    if (this.timer) clearTimeout(this.timer)
    const { client } = this
    this.client = null
    await client?.end()
  }

  private again() {
    if (this.ended) return
    this.lost()
    this.timer = setTimeout(() => void this.start(), AGAIN_MS)
    this.timer.unref()
  }
}
