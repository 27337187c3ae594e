import { FangshiError } from "@fangshi/contracts"
import type { MedusaContainer } from "@medusajs/framework/types"
import { kdf, verify } from "scrypt-kdf"
import { clockOf } from "../clock"
import type { GuessGuard } from "../guess-guard"
import type { MembersService } from "../modules/members/service"
import { PASSWORD_GUARD } from "./password-guard"
import { type SignedIn, findByPhone, tokenFor } from "./sign-in"

/** 32 MB and about a tenth of a second for each guess. */
const COST = { logN: 15, r: 8, p: 1 }

/** Compared with where there is no password, so that the time of the answer tells nobody which numbers have one. */
let nobodys: Promise<Uint8Array> | undefined

const membersIn = (scope: MedusaContainer) => scope.resolve<MembersService>("members")

/** Signs a phone number in by its password. One answer for an unknown number, one without a password and a wrong one. Throws PASSWORD_WRONG, PASSWORD_TRIES. */
export async function signInByPassword(scope: MedusaContainer, { phone, password, client }: { phone: string; password: string; client: string }): Promise<SignedIn> {
  return scope.resolve<GuessGuard>(PASSWORD_GUARD).look({ client, subject: phone }, async () => {
    const known = await findByPhone(scope, phone)
    const hash = known && (await membersIn(scope).findPassword(known.auth_identity_id))
    nobodys ??= kdf("nobody's", COST)
    const right = await verify(hash ? Buffer.from(hash, "base64") : await nobodys, password)
    if (!known || !hash || !right) return new FangshiError("PASSWORD_WRONG")
    return { token: tokenFor(scope, known.auth_identity_id, known.customer_id), customer_id: known.customer_id, created: false }
  })
}

/** Sets the password of whoever signs in with this number; where there was one before, who signed in until now must do so again. Returns a token that is good from here on. Throws UNAUTHORIZED where nobody signs in with it. */
export async function setPassword(scope: MedusaContainer, phone: string, password: string): Promise<string> {
  const known = await findByPhone(scope, phone)
  if (!known) throw new FangshiError("UNAUTHORIZED")
  await membersIn(scope).savePassword(known.auth_identity_id, Buffer.from(await kdf(password, COST)).toString("base64"), clockOf(scope)())
  return tokenFor(scope, known.auth_identity_id, known.customer_id)
}
