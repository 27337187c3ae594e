import { FangshiError } from "@fangshi/contracts"
import type { AuthenticatedMedusaRequest, MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { Staff, StaffService } from "../modules/staff/service"

/** What all staff may call, which checks each call itself. */
const WORKBENCH = /^\/workbench(?:\/|$)/
/** Who am I. */
const MYSELF = /^\/users\/me\/?$/

/** Ways to make oneself or others mightier: new admins, keys that act as one, workflows of any kind. */
const FOR_OWNERS = /^\/(?:users|invites|api-keys|workflows-executions)(?:\/|$)/

/** Whether somebody may call this path below /admin at all. Letters count in any case, as they do for Express. */
export function mayCall({ role, merchant_id, active }: Staff, method: string, path: string): boolean {
  const asked = path.toLowerCase().replace(/\/+/g, "/")
  if (!active) return false
  if (WORKBENCH.test(asked) || (MYSELF.test(asked) && method === "GET")) return true
  if (merchant_id !== null || role === "clerk") return false
  return role === "owner" || !FOR_OWNERS.test(asked)
}

/** Stands before every /admin route: Medusa itself lets each user who is logged in do everything. */
export async function staffGate(req: MedusaRequest, _res: MedusaResponse, next: MedusaNextFunction): Promise<void> {
  const { actor_type, actor_id } = (req as Partial<AuthenticatedMedusaRequest>).auth_context ?? {}
  if (actor_type === "user" && actor_id) {
    const staff = await req.scope.resolve<StaffService>("staff").getStaff(actor_id)
    if (!mayCall(staff, req.method, req.path)) throw new FangshiError("FORBIDDEN")
  }
  next()
}
