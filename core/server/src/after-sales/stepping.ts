import type { AuthenticatedMedusaRequest } from "@medusajs/framework/http"
import { clockOf } from "../clock"
import type { Staff } from "../modules/staff/service"
import type { StaffStepping } from "./steps"

/** A step of the staff as a request asks for it. */
export const stepping = (req: AuthenticatedMedusaRequest, staff: Staff): StaffStepping => ({ scope: req.scope, staff, whose: { merchant_id: staff.merchant_id }, now: clockOf(req.scope)() })
