import { AFTER_SALE_KINDS, AFTER_SALE_LIMITS, AFTER_SALE_REASONS } from "@fangshi/contracts"
import { withBody } from "@fangshi/kernel"
import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { z } from "zod"
import { afterSalesOf, daysOf } from "../../../../../after-sales/after-sales"
import { askAfterSale, askableLines } from "../../../../../after-sales/ask"
import { clockOf } from "../../../../../clock"
import { buyersView } from "../../../../../modules/after-sales/views"
import { buyersOrder } from "../../../../../orders/buyers-order"
import { tenantOf } from "../../../../../themes/page-key"

const asking = (req: AuthenticatedMedusaRequest, res: MedusaResponse) => ({ scope: req.scope, days: daysOf(tenantOf(res).manifest), now: clockOf(req.scope)() })

/** What was asked about an order, and what can be asked of each of its lines. */
export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  const id = await buyersOrder(req, res)
  const [lines, requests] = await Promise.all([askableLines(asking(req, res), id), afterSalesOf(req.scope).listOfOrder(id)])
  res.set("cache-control", "no-store").json({ lines, after_sales: requests.map(buyersView) })
}

const body = z.strictObject({
  line_item_id: z.string().min(1).max(80),
  kind: z.enum(AFTER_SALE_KINDS),
  quantity: z.int().min(1).max(100_000),
  reason: z.enum(AFTER_SALE_REASONS),
  text: z.string().trim().max(AFTER_SALE_LIMITS.text).default(""),
  /** Fen; left out for an exchange. */
  asked_amount: z.int().min(0).max(1_000_000_000).default(0),
  picture_ids: z.array(z.string().min(1).max(80)).max(AFTER_SALE_LIMITS.pictures).refine((ids) => new Set(ids).size === ids.length, "every picture once").default([]),
})

/** Asks for something about a line, with pictures sent before. */
export const POST = withBody(body, async (req, res, asked) => {
  const id = await buyersOrder(req, res)
  res.json({ after_sale: buyersView(await askAfterSale(asking(req, res), id, asked)) })
})
