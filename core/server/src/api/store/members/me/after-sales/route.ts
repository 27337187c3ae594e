import { parseQuery } from "@fangshi/kernel"
import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { z } from "zod"
import { afterSalesOf } from "../../../../../after-sales/after-sales"
import { memberId } from "../../../../../members/member"
import { buyersView } from "../../../../../modules/after-sales/views"

const query = z.object({ page: z.coerce.number().int().min(1).max(1_000).default(1) })

/** What the member asked for, over all their orders. */
export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  const { page } = parseQuery(query, req)
  res.set("cache-control", "no-store").json({ after_sales: (await afterSalesOf(req.scope).listOwn(memberId(req), page)).map(buyersView) })
}
