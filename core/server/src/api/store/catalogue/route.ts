import { CATALOGUE_SORTS } from "@fangshi/contracts"
import { parseQuery } from "@fangshi/kernel"
import type { MedusaStoreRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "zod"
import { listCatalogue } from "../../../catalogue/catalogue-list"
import { clockOf } from "../../../clock"
import { ENGLISH } from "../../../tenants/translations"
import { tenantOf } from "../../../themes/page-key"

const many = (item: z.ZodString) => z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(item).max(200))
const fen = z.coerce.number().int().min(0).max(1_000_000_000_000).optional()
const yes = z.enum(["true", "false"]).default("false")

const query = z.object({
  category_id: many(z.string().max(60)),
  q: z.string().trim().max(60).default(""),
  in_stock: yes,
  reduced: yes,
  origin: many(z.string().regex(/^[a-z]{2}$/)),
  price_min: fen,
  price_max: fen,
  sort: z.enum(CATALOGUE_SORTS).default("recommended"),
  limit: z.coerce.number().int().min(1).max(100).default(24),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
})

/** The shop's products by category, word and filters: the ids of one page, and how many each filter would leave. Prices in fen. */
export const GET = async (req: MedusaStoreRequest, res: MedusaResponse) => {
  const { category_id, q, in_stock, reduced, origin, price_min, price_max, sort, limit, offset } = parseQuery(query, req)
  const list = await listCatalogue(req.scope.resolve(ContainerRegistrationKeys.PG_CONNECTION), {
    category_ids: category_id.length ? category_id : null,
    q: q || null,
    in_stock: in_stock === "true",
    reduced: reduced === "true",
    origins: origin,
    price_min: price_min ?? null,
    price_max: price_max ?? null,
    sort,
    limit,
    offset,
    currency_code: tenantOf(res).manifest.currency_code,
    channel_ids: req.publishable_key_context.sales_channel_ids,
    english: req.headers["x-medusa-locale"] === ENGLISH,
    now: new Date(clockOf(req.scope)()),
  })
  res.json(list)
}
