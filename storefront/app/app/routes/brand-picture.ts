import type { LoaderFunctionArgs } from "react-router"
import { sendPicture } from "../drawing/send-picture.server"
import { brandPicture } from "../install/brand-pictures.server"

/** GET /brand/<name>.<stamp>.png. Under an old stamp the picture of today, which is then not to be kept. */
export async function loader({ request, params, context: { shop } }: LoaderFunctionArgs) {
  const [name = "", stamp = "", png, more] = (params.file ?? "").split(".")
  const picture = png === "png" && more === undefined ? brandPicture(shop, name) : null
  if (!picture) throw new Response("no such picture", { status: 404 })
  return sendPicture(request, shop.tenant_id, name, picture.stamp, stamp === picture.stamp, picture.draw)
}
