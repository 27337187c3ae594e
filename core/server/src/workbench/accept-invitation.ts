import { FangshiError } from "@fangshi/contracts"
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { createUserAccountWorkflow } from "@medusajs/medusa/core-flows"
import type { Staff, StaffService } from "../modules/staff/service"

export type NewMember = { email: string; password: string; name: string }

/** Makes a Medusa user with e-mail and password out of an invitation. Throws STAFF_INVITATION_…, and STAFF_EMAIL_TAKEN, which leaves the invitation unused. */
export function acceptInvitation(scope: MedusaContainer, token: string, { email, password, name }: NewMember): Promise<Staff> {
  return scope.resolve<StaffService>("staff").useInvitation(token, async () => {
    const [known] = await scope.resolve(Modules.USER).listUsers({ email }, { take: 1 })
    if (known) throw new FangshiError("STAFF_EMAIL_TAKEN")
    const { success, authIdentity } = await scope.resolve(Modules.AUTH).register("emailpass", { body: { email, password } })
    if (!success || !authIdentity) throw new FangshiError("STAFF_EMAIL_TAKEN")
    const { result: user } = await createUserAccountWorkflow(scope).run({ input: { authIdentityId: authIdentity.id, userData: { email, first_name: name } } })
    return user.id
  })
}
