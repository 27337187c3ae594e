import { forShopStaff, parseQuery } from "@fangshi/kernel"
import { z } from "zod"
import { LEADER_STATES } from "../../../../../contract"
import { ctxOf } from "../../../../../ctx-of"
import { listLeaders } from "../../../../../modules/group-buy/leaders"

const query = z.object({ status: z.enum(LEADER_STATES).optional() })

export const GET = forShopStaff("staff", async (req, res) => {
  res.json({ leaders: await listLeaders(ctxOf(req.scope), parseQuery(query, req).status ?? null) })
})
