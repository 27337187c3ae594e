import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ctxOf } from "../../../../../../ctx-of"
import { listOpenTeams } from "../../../../../../modules/group-buy/views"

/** Teams that somebody can still join. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  res.json({ teams: await listOpenTeams(ctxOf(req.scope), req.params.id ?? "") })
}
