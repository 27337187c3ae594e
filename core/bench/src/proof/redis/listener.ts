import type { SharedHost } from "@fangshi/testing"
import type { Shop } from "./site"

type Frame = { event_type: string; transaction_id: string; result?: unknown }

/** Reads the stream in which Medusa tells an administrator how a transaction goes on. */
export class Listener {
  text = ""
  private readonly abort = new AbortController()
  private readonly over: Promise<void>

  constructor(host: SharedHost, { tenant }: Shop, path: string) {
    this.over = this.read(`${host.url}${path}`, { "x-tenant": tenant.id, authorization: `Bearer ${tenant.adminToken}` })
  }

  private async read(url: string, headers: Record<string, string>) {
    try {
      const response = await fetch(url, { headers, signal: this.abort.signal })
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) this.text += part.value
    } catch (error) {
      if (!this.abort.signal.aborted) this.text += `broken: ${String(error)}`
    }
  }

  /** What was told so far of one kind. */
  frames(kind: string): Frame[] {
    return this.text
      .split("\n\n")
      .slice(0, -1)
      .map((frame) => JSON.parse(frame.slice(frame.indexOf("\ndata: ") + 7)) as Frame)
      .filter(({ event_type }) => event_type === kind)
  }

  async close(): Promise<void> {
    this.abort.abort()
    await this.over
  }
}
