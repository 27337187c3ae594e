import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { memberId, membersOf } from "../../../../../members/member"
import { collectPersonalData } from "../../../../../members/personal-data"

export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  res.set("cache-control", "no-store")
  res.json(await collectPersonalData(req.scope, membersOf(req), memberId(req)))
}
