import { type Duty, FangshiError, type Role } from "@fangshi/contracts"
import { type AuthenticatedMedusaRequest, type MedusaNextFunction, type MedusaRequest, type MedusaResponse, authenticate } from "@medusajs/framework/http"
import type { z } from "zod"
import { withBody } from "./body"

/** Under which name the host's container keeps who may do what. */
export const GATES = "fangshi_gates"

/** Somebody of the shop's staff; `merchant_id` is null for those who look after the whole shop. */
export type StaffPerson = { user_id: string; role: Role; merchant_id: string | null }

/** What the platform knows of people. */
export type Gates = {
  /** Throws FORBIDDEN for those sent away, of a closed merchant, or without the duty. */
  staffFor: (req: AuthenticatedMedusaRequest, duty: Duty) => Promise<StaffPerson>
  /** Whether the account behind a customer's token is still there, and its password not changed since. */
  isSignedIn: (req: AuthenticatedMedusaRequest) => Promise<boolean>
}

type Handler = (req: AuthenticatedMedusaRequest, res: MedusaResponse, staff: StaffPerson) => Promise<void>
type BodyHandler<T> = (req: AuthenticatedMedusaRequest, res: MedusaResponse, staff: StaffPerson, body: T) => Promise<void>

const gatesOf = (req: Pick<MedusaRequest, "scope">) => req.scope.resolve<Gates>(GATES)

/** A route below /admin/workbench for those of the whole shop's staff who have this duty; not for the staff of one merchant. */
export const forShopStaff = (duty: Duty, handle: Handler) => async (req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> => {
  res.set("cache-control", "no-store")
  const staff = await gatesOf(req).staffFor(req, duty)
  if (staff.merchant_id !== null) throw new FangshiError("FORBIDDEN")
  await handle(req, res, staff)
}

/** The same with a body. Who may not do it learns nothing of what the body should be. */
export const forShopStaffWithBody = <S extends z.ZodType>(duty: Duty, schema: S, handle: BodyHandler<z.output<S>>) =>
  Object.assign(forShopStaff(duty, (req, res, staff) => withBody(schema, (_req, _res, body) => handle(req, res, staff, body))(req, res)), { schema })

async function stillMember(req: MedusaRequest, _res: MedusaResponse, next: MedusaNextFunction): Promise<void> {
  if (!(await gatesOf(req).isSignedIn(req as AuthenticatedMedusaRequest))) throw new FangshiError("UNAUTHORIZED")
  next()
}

/** Middlewares of a route for members: req.auth_context.actor_id is the customer's id. */
export const membersOnly = [authenticate("customer", ["session", "bearer"]), stillMember]

/** Middlewares of a route for everybody that wants to know who it is where somebody says so. */
export const maybeMember = [authenticate("customer", ["session", "bearer"], { allowUnauthenticated: true })]

/** The member of a route behind membersOnly. */
export const memberOf = (req: MedusaRequest): string => (req as AuthenticatedMedusaRequest).auth_context.actor_id
