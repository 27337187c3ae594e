import { FangshiError } from "@fangshi/contracts"
import { type AuthenticatedMedusaRequest, type MedusaNextFunction, type MedusaRequest, type MedusaResponse, authenticate } from "@medusajs/framework/http"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import type { MembersService } from "../modules/members/service"
import { PHONE_CODE } from "./sign-in"

export const membersOf = (req: Pick<MedusaRequest, "scope">): MembersService => req.scope.resolve("members")

export const knexOf = (req: Pick<MedusaRequest, "scope">): Knex => req.scope.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)

export const memberId = (req: AuthenticatedMedusaRequest): string => req.auth_context.actor_id

/** Lets customers in, by token or session. */
export const customersOnly = authenticate("customer", ["session", "bearer"])

/** Reads who it is where somebody says so: guests have orders too. */
export const maybeCustomer = authenticate("customer", ["session", "bearer"], { allowUnauthenticated: true })

/** A token lives on for weeks; once the account is erased, or its password changed, it opens nothing: UNAUTHORIZED. */
export function stillMember(req: MedusaRequest, _res: MedusaResponse, next: MedusaNextFunction): void {
  isSignedIn(req as AuthenticatedMedusaRequest).then((is) => next(is ? undefined : new FangshiError("UNAUTHORIZED")), next)
}

/** Whether the bearer's account is there and their token younger than its password. A token tells its time in whole seconds. */
export async function isSignedIn(req: AuthenticatedMedusaRequest): Promise<boolean> {
  const { auth_identity_id, iat = 0 } = req.auth_context as { auth_identity_id?: string; iat?: number }
  const [has, changed] = await Promise.all([hasIdentity(req), auth_identity_id ? membersOf(req).passwordChangedAt(auth_identity_id) : null])
  return has && (!changed || iat >= Math.floor(changed.getTime() / 1_000))
}

/** Whether the way the bearer signed in is still there. */
export async function hasIdentity({ scope, auth_context }: AuthenticatedMedusaRequest): Promise<boolean> {
  if (!auth_context?.auth_identity_id) return false
  return (await scope.resolve(Modules.AUTH).listAuthIdentities({ id: [auth_context.auth_identity_id] }, { select: ["id"], take: 1 })).length > 0
}

/** The number a member signs in with. Throws ACCOUNT_WITHOUT_PHONE for those who came another way. */
export async function signInPhone(req: AuthenticatedMedusaRequest): Promise<string> {
  const phone = await findSignInPhone(req)
  if (!phone) throw new FangshiError("ACCOUNT_WITHOUT_PHONE")
  return phone
}

/** The number a member signs in with, or null: what the profile says can be changed without a code. */
export async function findSignInPhone(req: AuthenticatedMedusaRequest): Promise<string | null> {
  const [identity] = await req.scope.resolve(Modules.AUTH).listProviderIdentities({ auth_identity_id: req.auth_context.auth_identity_id, provider: PHONE_CODE }, { take: 1 })
  return identity?.entity_id ?? null
}
