import { memberOf } from "@fangshi/kernel"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ctxOf } from "../../../../../../ctx-of"
import { pay } from "../../../../../../modules/group-buy/pay"
import { paymentView, viewParticipation } from "../../../../../../modules/group-buy/views"

/** Begins to pay, and asks whether it is paid: call it again when the shopper comes back from the provider. */
export const POST = async (req: MedusaRequest, res: MedusaResponse) => {
  const ctx = ctxOf(req.scope)
  const { outcome, participation, payment } = await pay(ctx, { id: req.params.id ?? "", customer_id: memberOf(req) })
  res.json({ outcome, participation: await viewParticipation(ctx, participation), payment: paymentView(payment) })
}
