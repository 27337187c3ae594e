import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { Modules } from "@medusajs/framework/utils"

/** Emits one event for each id. */
export const POST = async (req: MedusaRequest<{ ids: string[]; word: string }>, res: MedusaResponse) => {
  const { ids, word } = req.body
  await req.scope.resolve(Modules.EVENT_BUS).emit(ids.map((id) => ({ name: "probe.asked", data: { id, word } })))
  res.json({ emitted: ids.length })
}
