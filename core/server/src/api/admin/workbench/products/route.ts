import { newProduct } from "@fangshi/contracts"
import { parseQuery } from "@fangshi/kernel"
import { z } from "zod"
import { tenantOf } from "../../../../themes/page-key"
import { forStaff, forStaffWithBody } from "../../../../workbench/for-staff"
import { addProduct } from "../../../../workbench/products"
import { listStock } from "../../../../workbench/stock"

const query = z.object({ q: z.string().trim().max(60).default(""), page: z.coerce.number().int().min(1).max(1_000).default(1) })

/** Goods with stock and price. */
export const GET = forStaff("products", async (req, res, { merchant_id }) => {
  const { rows, more } = await listStock(req.scope, merchant_id, tenantOf(res).manifest.currency_code, parseQuery(query, req))
  res.json({ products: rows, more })
})

/** Adds a product that nobody sees yet. */
export const POST = forStaffWithBody("products", newProduct, async (req, res, staff, product) => {
  res.json({ product: { id: await addProduct({ scope: req.scope, staff }, tenantOf(res).manifest.currency_code, product), status: "draft" } })
})
