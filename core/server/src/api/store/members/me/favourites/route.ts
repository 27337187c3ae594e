import { FangshiError } from "@fangshi/contracts"
import { parseQuery, withBody } from "@fangshi/kernel"
import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { Modules, ProductStatus } from "@medusajs/framework/utils"
import { z } from "zod"
import { memberId, membersOf } from "../../../../../members/member"

const query = z.object({ product_id: z.string().max(80).optional() })

/** Ids of the member's favourites, the latest first; with `product_id` that one, if it is among them. */
export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  res.json({ product_ids: await membersOf(req).listFavourites(memberId(req), parseQuery(query, req).product_id) })
}

export const POST = withBody(z.strictObject({ product_id: z.string().max(80) }), async (req, res, { product_id }) => {
  const [product] = await req.scope.resolve(Modules.PRODUCT).listProducts({ id: [product_id], status: ProductStatus.PUBLISHED }, { select: ["id"], take: 1 })
  if (!product) throw new FangshiError("NOT_FOUND")
  await membersOf(req).addFavourite(memberId(req), product_id)
  res.json({ product_id, favourite: true })
})
