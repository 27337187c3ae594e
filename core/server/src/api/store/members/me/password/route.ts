import { newPassword, smsCode } from "@fangshi/contracts"
import { withBody } from "@fangshi/kernel"
import { z } from "zod"
import { signInPhone } from "../../../../../members/member"
import { setPassword } from "../../../../../members/password"
import { codesOf } from "../../../../../members/send-code"

/** Sets the member's password, or another one in its place: then only the token of this answer is still good. */
export const POST = withBody(z.strictObject({ code: smsCode, password: newPassword }), async (req, res, { code, password }) => {
  const phone = await signInPhone(req)
  res.set("cache-control", "no-store").json({ token: await codesOf(req).redeem(phone, "password", code, () => setPassword(req.scope, phone, password)) })
})
