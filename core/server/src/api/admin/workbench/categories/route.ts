import { forStaff } from "../../../../workbench/for-staff"
import { listCategories } from "../../../../workbench/products"

/** Categories a product can be put into. */
export const GET = forStaff("products", async (req, res) => {
  res.json({ categories: await listCategories(req.scope) })
})
