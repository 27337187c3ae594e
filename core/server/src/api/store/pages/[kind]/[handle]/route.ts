import { parseQuery } from "@fangshi/kernel"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { z } from "zod"
import { pageKeyOf, pagesOf } from "../../../../../themes/page-key"

const query = z.object({ preview: z.string().max(64).optional() })

/** A page as it is shown: the sections with their settings, in order. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const { preview } = parseQuery(query, req)
  if (preview !== undefined) res.set("cache-control", "no-store")
  res.json({ page: await pagesOf(req).showPage(pageKeyOf(req, res), preview) })
}
