import type { LoaderFunctionArgs } from "react-router"
import { sendPicture, stampOf } from "../drawing/send-picture.server"
import { localeAsked } from "../locale.server"
import { cardOf, drawCard } from "../share/share-card.server"
import { findTile } from "../shop-api.server"

/** GET /p/:handle/share-card.png?locale=: the product as a picture to pass on. One that is sold out is not passed on. */
export async function loader({ request, params, context: { shop } }: LoaderFunctionArgs) {
  const locale = await localeAsked(request, shop)
  const tile = await findTile(shop, locale, params.handle ?? "")
  if (!tile || tile.sold_out) throw new Response("no such card", { status: 404 })
  const card = cardOf(shop, locale, tile)
  return sendPicture(request, shop.tenant_id, "share-card", stampOf(card), false, () => drawCard(shop, card))
}
