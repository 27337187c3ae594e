import { FangshiError } from "@fangshi/contracts"
import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { Modules } from "@medusajs/framework/utils"

/** Lets who bought an order see it: the customer who is logged in, or our own storefront, which asks for its visitor's orders only. Knowing the id is not enough: NOT_FOUND. */
export async function assertBuyers(req: AuthenticatedMedusaRequest, res: MedusaResponse, id: string): Promise<void> {
  const [order] = await req.scope.resolve(Modules.ORDER).listOrders({ id }, { select: ["id", "customer_id"], take: 1 })
  const customer = req.auth_context?.actor_id
  if (!order || !(res.locals.from_storefront || (customer && order.customer_id === customer))) throw new FangshiError("NOT_FOUND")
}
