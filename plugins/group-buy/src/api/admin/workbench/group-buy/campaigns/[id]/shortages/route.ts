import { forShopStaffWithBody } from "@fangshi/kernel"
import { shortageBody } from "../../../../../../../contract"
import { ctxOf } from "../../../../../../../ctx-of"
import { noteShortage } from "../../../../../../../modules/group-buy/claims"

/** Pieces that did not come: their price goes back by itself. */
export const POST = forShopStaffWithBody("refunds", shortageBody, async (req, res, _staff, body) => {
  res.json({ shortages: await noteShortage(ctxOf(req.scope), req.params.id ?? "", body) })
})
