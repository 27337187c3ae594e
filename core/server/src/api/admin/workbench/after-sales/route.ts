import { AFTER_SALE_LISTS } from "@fangshi/contracts"
import { parseQuery } from "@fangshi/kernel"
import { z } from "zod"
import { afterSalesOf, returnAddress } from "../../../../after-sales/after-sales"
import type { MerchantsService } from "../../../../modules/merchants/service"
import { tenantOf } from "../../../../themes/page-key"
import { forStaff } from "../../../../workbench/for-staff"

const query = z.object({ list: z.enum(AFTER_SALE_LISTS).default("asked"), page: z.coerce.number().int().min(1).max(1_000).default(1) })

/** What buyers ask of this merchant, or of the shop; with how many are in each list, and where goods are sent back to. */
export const GET = forStaff("orders", async (req, res, { merchant_id }) => {
  const { list, page } = parseQuery(query, req)
  const [requests, counts, merchants] = await Promise.all([
    afterSalesOf(req.scope).listForStaff(merchant_id, list, page),
    afterSalesOf(req.scope).countForStaff(merchant_id),
    req.scope.resolve<MerchantsService>("merchants").listAll(),
  ])
  const after_sales = requests.map(({ merchant_key, customer_id: _customer, ...request }) => ({ ...request, merchant_name: merchants.find(({ id }) => id === merchant_key)?.name ?? null }))
  res.json({ after_sales, counts, return_to: returnAddress(tenantOf(res).manifest) })
})
