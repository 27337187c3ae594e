import { FangshiError } from "@fangshi/contracts"
import { withBody } from "@fangshi/kernel"
import { Modules } from "@medusajs/framework/utils"
import { updateCustomersWorkflow } from "@medusajs/medusa/core-flows"
import { z } from "zod"
import { memberId } from "../../../../members/member"

const profile = z.strictObject({ first_name: z.string().trim().max(40).optional(), email: z.email().max(200).nullable().optional() })

/** Changes the member's name and e-mail address, which Medusa's own route leaves as it is. Throws EMAIL_TAKEN. */
export const POST = withBody(profile, async (req, res, { first_name, email }) => {
  const id = memberId(req)
  const update = { ...(first_name === undefined ? {} : { first_name }), ...(email === undefined ? {} : { email: email?.toLowerCase() ?? null }) }
  const customers = req.scope.resolve(Modules.CUSTOMER)
  const isTaken = async () => Boolean(update.email && (await customers.listCustomers({ email: update.email, has_account: true })).some((other) => other.id !== id))
  if (await isTaken()) throw new FangshiError("EMAIL_TAKEN")
  try {
    await updateCustomersWorkflow(req.scope).run({ input: { selector: { id }, update: update as never } })
  } catch (error) {
    // Somebody else took it in the same moment.
    if (await isTaken()) throw new FangshiError("EMAIL_TAKEN", {}, { cause: error })
    throw error
  }
  const { first_name: name, email: address } = await customers.retrieveCustomer(id)
  res.json({ customer: { id, first_name: name, email: address } })
})
