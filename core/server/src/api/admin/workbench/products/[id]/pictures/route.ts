import { receivedPicture } from "../../../../../../pictures/received-picture"
import { shopChanged } from "../../../../../../themes/shop-changed"
import { forStaff } from "../../../../../../workbench/for-staff"
import { addPicture } from "../../../../../../workbench/products"

/** Takes one picture of a product, its bytes being the body. */
export const POST = forStaff("products", async (req, res, staff) => {
  const picture = await addPicture({ scope: req.scope, staff }, req.params.id ?? "", await receivedPicture(req))
  await shopChanged(req)
  res.json({ picture })
})
