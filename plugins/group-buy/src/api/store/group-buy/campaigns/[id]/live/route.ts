import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ctxOf } from "../../../../../../ctx-of"
import { fail } from "../../../../../../fail"
import { liveTopic, readProgress } from "../../../../../../modules/group-buy/live"

/** So often is something sent, in milliseconds: a proxy takes a silent line for a dead one. */
const BEAT_MS = 15_000

/** How a campaign gets on, as server-sent events: first as it is, then with every change. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const ctx = ctxOf(req.scope)
  const id = req.params.id ?? ""
  const now = await readProgress(ctx, id)
  if (!now) throw fail("GROUP_BUY_CAMPAIGN_UNKNOWN")
  res.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" })
  const send = (message: unknown) => res.write(`data: ${JSON.stringify(message)}\n\n`)
  send(now)
  const leave = ctx.ports.live.subscribe(liveTopic(id), send)
  const beat = setInterval(() => res.write(": \n\n"), BEAT_MS)
  res.on("close", () => {
    clearInterval(beat)
    leave()
  })
}
