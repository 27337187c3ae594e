import { productChange } from "@fangshi/contracts"
import { shopChanged } from "../../../../../themes/shop-changed"
import { forStaff, forStaffWithBody } from "../../../../../workbench/for-staff"
import { changeProduct, readProduct } from "../../../../../workbench/products"

export const GET = forStaff("products", async (req, res, staff) => {
  res.json({ product: await readProduct({ scope: req.scope, staff }, req.params.id ?? "") })
})

/** Changes words, category and pictures, and whether buyers see it. */
export const POST = forStaffWithBody("products", productChange, async (req, res, staff, change) => {
  const id = req.params.id ?? ""
  await changeProduct({ scope: req.scope, staff }, id, change)
  await shopChanged(req)
  res.json({ product: { id, status: change.status } })
})
