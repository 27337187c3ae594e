import { forShopStaff, parseQuery } from "@fangshi/kernel"
import { z } from "zod"
import { CLAIM_STATES } from "../../../../../contract"
import { ctxOf } from "../../../../../ctx-of"
import { listClaims } from "../../../../../modules/group-buy/claims"

const query = z.object({ status: z.enum(CLAIM_STATES).default("open") })

export const GET = forShopStaff("refunds", async (req, res) => {
  res.json({ claims: await listClaims(ctxOf(req.scope), parseQuery(query, req).status) })
})
