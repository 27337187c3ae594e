import { type Duty, FangshiError, may } from "@fangshi/contracts"
import { withBody } from "@fangshi/kernel"
import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { z } from "zod"
import type { MerchantsService } from "../modules/merchants/service"
import type { Staff, StaffService } from "../modules/staff/service"

type Request = AuthenticatedMedusaRequest

/** Whoever is logged in, with what their role lets them do. Throws FORBIDDEN for those sent away, of a closed merchant, or without the duty. */
export async function staffFor(req: Request, duty: Duty): Promise<Staff> {
  const { actor_type, actor_id } = req.auth_context
  if (actor_type !== "user" || !actor_id) throw new FangshiError("FORBIDDEN")
  const staff = await req.scope.resolve<StaffService>("staff").getStaff(actor_id)
  if (!staff.active || !may(staff.role, duty)) throw new FangshiError("FORBIDDEN")
  if (staff.merchant_id !== null && !(await req.scope.resolve<MerchantsService>("merchants").findMerchant(staff.merchant_id))?.active) throw new FangshiError("FORBIDDEN")
  return staff
}

/** A workbench route for those who have this duty. */
export const forStaff = (duty: Duty, handle: (req: Request, res: MedusaResponse, staff: Staff) => Promise<void>) => async (req: Request, res: MedusaResponse) => {
  res.set("cache-control", "no-store")
  await handle(req, res, await staffFor(req, duty))
}

/** The same with a body. Who may not do it learns nothing of what the body should be. */
export function forStaffWithBody<S extends z.ZodType>(duty: Duty, schema: S, handle: (req: Request, res: MedusaResponse, staff: Staff, body: z.output<S>) => Promise<void>) {
  const checked = forStaff(duty, (req, res, staff) => withBody(schema, (_req, _res, body) => handle(req, res, staff, body))(req, res))
  return Object.assign(checked, { schema })
}

/** For those who look after the whole shop and have this duty in it: not the staff of one merchant. */
export const forWholeShop = (duty: Duty, handle: (req: Request, res: MedusaResponse, staff: Staff) => Promise<void>) =>
  forStaff(duty, async (req, res, staff) => {
    if (staff.merchant_id !== null) throw new FangshiError("FORBIDDEN")
    await handle(req, res, staff)
  })

/** The same with a body. */
export const forWholeShopWithBody = <S extends z.ZodType>(duty: Duty, schema: S, handle: (req: Request, res: MedusaResponse, staff: Staff, body: z.output<S>) => Promise<void>) =>
  Object.assign(forWholeShop(duty, (req, res, staff) => withBody(schema, (_req, _res, body) => handle(req, res, staff, body))(req, res)), { schema })

/** For the shop's owner, with every duty in it. */
export const forShopOwner = (handle: (req: Request, res: MedusaResponse, staff: Staff) => Promise<void>) => forWholeShop("merchants", handle)

/** The same with a body. */
export const forShopOwnerWithBody = <S extends z.ZodType>(schema: S, handle: (req: Request, res: MedusaResponse, staff: Staff, body: z.output<S>) => Promise<void>) => forWholeShopWithBody("merchants", schema, handle)
