import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { clockOf } from "../clock"
import type { Staff } from "../modules/staff/service"
import { tenantOf } from "../themes/page-key"
import type { Doing } from "./parcel-steps"

/** A step of a parcel as a request asks for it. */
export const doing = (req: AuthenticatedMedusaRequest, res: MedusaResponse, staff: Staff): Doing => ({ scope: req.scope, staff, time_zone: tenantOf(res).manifest.time_zone, now: clockOf(req.scope)() })
