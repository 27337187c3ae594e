import { mobilePhone, smsCode } from "@fangshi/contracts"
import { withBody } from "@fangshi/kernel"
import { z } from "zod"
import { codesOf } from "../../../../members/send-code"
import { signInByPhone } from "../../../../members/sign-in"

/** Changes a code into a customer's token, registering the number where it is new. */
export const POST = withBody(z.strictObject({ phone: mobilePhone, code: smsCode }), async (req, res, { phone, code }) => {
  res.set("cache-control", "no-store")
  res.json(await codesOf(req).redeem(phone, "sign-in", code, () => signInByPhone(req.scope, phone)))
})
