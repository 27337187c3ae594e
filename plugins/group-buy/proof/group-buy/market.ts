import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { sleep } from "@fangshi/bench/src/proof/kills/random"
import { type Answer, type HostProcess, ShopClient, type TestDatabase, type TestTenant, startHostProcess } from "@fangshi/testing"

/** One shop whose host dies again and again; whoever talks to it asks until it answers. */
export class Market {
  host!: HostProcess
  tenant!: TestTenant
  private readonly dataDir = mkdtempSync(path.join(tmpdir(), "fangshi-group-buy-"))

  constructor(readonly database: TestDatabase) {}

  async start(): Promise<void> {
    // A start takes all of a small machine, and who has waited for too long five times in a minute has the plugin paused.
    this.host = await startHostProcess(this.database, { FANGSHI_DATA: this.dataDir, FANGSHI_LOG_LEVEL: "fatal", FANGSHI_PLUGIN_REQUEST_SECONDS: "120" })
  }

  async killAndStart(): Promise<void> {
    await this.host.kill("SIGKILL")
    await this.start()
  }

  get client(): ShopClient {
    return new ShopClient(this.host, this.tenant)
  }

  /** Until the host answers something that is no failure of its own. */
  async post(at: string, body: unknown, token?: string): Promise<Answer> {
    for (;;) {
      const answer = await this.client.call({ method: "POST", path: at, body, ...(token ? { token } : {}) }).catch(() => null)
      if (answer && answer.status < 500) return answer
      await sleep(200)
    }
  }

  /** As post. Throws on a refusal. */
  async must<T>(at: string, body: unknown, token?: string): Promise<T> {
    const answer = await this.post(at, body, token)
    if (answer.status > 299) throw new Error(`POST ${at} → ${answer.status} ${answer.text.slice(0, 300)}`)
    return answer.body as T
  }

  async close(): Promise<void> {
    await this.host.kill("SIGKILL")
    await this.database.drop()
    rmSync(this.dataDir, { recursive: true, force: true })
  }
}
