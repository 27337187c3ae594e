import { FangshiError, STARS } from "@fangshi/contracts"
import { parseQuery } from "@fangshi/kernel"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { Modules, ProductStatus } from "@medusajs/framework/utils"
import { z } from "zod"
import { reviewsOf } from "../../../../../reviews/reviews"

const query = z.object({
  stars: z.coerce.number().pipe(z.literal(STARS)).optional(),
  with_pictures: z.enum(["true", "false"]).default("false"),
  page: z.coerce.number().int().min(1).max(1_000).default(1),
  limit: z.coerce.number().int().min(1).max(20).default(10),
})

/** What buyers say of a product: in figures, and one page of it. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const { with_pictures, ...rest } = parseQuery(query, req)
  const [product] = await req.scope.resolve(Modules.PRODUCT).listProducts({ id: [req.params.id ?? ""], status: ProductStatus.PUBLISHED }, { select: ["id"], take: 1 })
  if (!product) throw new FangshiError("NOT_FOUND")
  const filter = { ...rest, with_pictures: with_pictures === "true" }
  const [summary, { reviews, count }] = await Promise.all([reviewsOf(req.scope).summary(product.id), reviewsOf(req.scope).listShown(product.id, filter)])
  res.json({ summary, reviews, count, page: filter.page, limit: filter.limit })
}
