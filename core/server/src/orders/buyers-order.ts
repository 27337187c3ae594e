import { FangshiError } from "@fangshi/contracts"
import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { Modules } from "@medusajs/framework/utils"
import { isSignedIn } from "../members/member"

/**
 * The order of a request's path, for who bought it: the customer who is logged in, or our own storefront, which asks for
 * its visitor's orders only. Knowing the id is not enough. Throws NOT_FOUND.
 */
export async function buyersOrder(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<string> {
  const id = req.params.id ?? ""
  const [order] = await req.scope.resolve(Modules.ORDER).listOrders({ id }, { select: ["id", "customer_id"], take: 1 })
  const customer = req.auth_context?.actor_id
  const own = order && (res.locals.from_storefront || (customer && order.customer_id === customer && (await isSignedIn(req))))
  if (!own) throw new FangshiError("NOT_FOUND")
  return id
}
