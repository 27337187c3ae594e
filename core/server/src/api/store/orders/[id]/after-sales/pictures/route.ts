import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { storeAfterSalePicture, sweepAfterSalePictures } from "../../../../../../after-sales/picture-files"
import { buyersOrder } from "../../../../../../orders/buyers-order"
import { receivedPicture } from "../../../../../../pictures/received-picture"

/** Takes one picture, its bytes being the body, and keeps it a day for a request to come. */
export const POST = async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  const id = await buyersOrder(req, res)
  const bytes = await receivedPicture(req)
  await sweepAfterSalePictures(req.scope)
  res.json({ picture: await storeAfterSalePicture(req.scope, id, bytes) })
}
