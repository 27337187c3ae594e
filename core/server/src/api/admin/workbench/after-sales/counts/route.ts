import { afterSalesOf } from "../../../../../after-sales/after-sales"
import { forStaff } from "../../../../../workbench/for-staff"

/** How many requests are in each list. */
export const GET = forStaff("orders", async (req, res, { merchant_id }) => {
  res.json({ counts: await afterSalesOf(req.scope).countForStaff(merchant_id) })
})
