import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules, generateJwtToken } from "@medusajs/framework/utils"
import { createCustomersWorkflow } from "@medusajs/medusa/core-flows"
import { clockOf } from "../clock"

/** The provider's name under which a phone number is an identity in Medusa's auth tables. */
export const PHONE_CODE = "phone-code"

const TOKEN_DAYS = 30

export type SignedIn = { token: string; customer_id: string; created: boolean }

/**
 * Signs a phone number in whose code was right; an unknown number becomes a customer. The token is of the same shape and
 * secret as Medusa's own, so every route of Medusa knows its bearer.
 *
 * Not a provider of Medusa's auth module, for three reasons: there, signing in for the first time takes three requests
 * and an e-mail address; a code and the account it opens could not be one transaction; and every refusal becomes one
 * 401 without a code, so that nobody learns whether to type again or to ask for another code.
 */
export async function signInByPhone(scope: MedusaContainer, phone: string): Promise<SignedIn> {
  const known = await findByPhone(scope, phone)
  if (known) return { token: tokenFor(scope, known.auth_identity_id, known.customer_id), customer_id: known.customer_id, created: false }
  const customer_id = await createCustomer(scope, phone)
  const identity = await scope.resolve(Modules.AUTH).createAuthIdentities({ provider_identities: [{ provider: PHONE_CODE, entity_id: phone }], app_metadata: { customer_id } })
  return { token: tokenFor(scope, identity.id, customer_id), customer_id, created: true }
}

/** The account that a number signs in to, or null. */
export async function findByPhone(scope: MedusaContainer, phone: string): Promise<{ auth_identity_id: string; customer_id: string } | null> {
  const [known] = await scope.resolve(Modules.AUTH).listAuthIdentities({ provider_identities: { provider: PHONE_CODE, entity_id: phone } }, { take: 1 })
  const customer_id = known?.app_metadata?.customer_id
  return known && typeof customer_id === "string" ? { auth_identity_id: known.id, customer_id } : null
}

async function createCustomer(scope: MedusaContainer, phone: string): Promise<string> {
  const { result } = await createCustomersWorkflow(scope).run({ input: { customersData: [{ phone, has_account: true }] } })
  return result[0]?.id ?? ""
}

/** A token as after signing in. */
export function tokenFor(scope: MedusaContainer, auth_identity_id: string, customer_id: string): string {
  const { http } = scope.resolve(ContainerRegistrationKeys.CONFIG_MODULE).projectConfig
  const claims = { actor_id: customer_id, actor_type: "customer", auth_identity_id, auth_provider: PHONE_CODE, mfa_enabled: false, mfa_challenge_completed_at: null, app_metadata: { customer_id }, user_metadata: {}, iat: Math.floor(clockOf(scope)() / 1_000) }
  return generateJwtToken(claims, { secret: http.jwtSecret, expiresIn: `${TOKEN_DAYS}d`, jwtOptions: http.jwtOptions })
}
