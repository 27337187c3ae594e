import { PASSWORD_LENGTH, mobilePhone } from "@fangshi/contracts"
import { withBody } from "@fangshi/kernel"
import { z } from "zod"
import { signInByPassword } from "../../../../../members/password"

/** Changes a password into a member's token. */
export const POST = withBody(z.strictObject({ phone: mobilePhone, password: z.string().min(1).max(PASSWORD_LENGTH.max) }), async (req, res, { phone, password }) => {
  res.set("cache-control", "no-store")
  res.json(await signInByPassword(req.scope, { phone, password, client: String(res.locals.client_address) }))
})
