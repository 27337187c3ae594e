import { mobilePhone } from "@fangshi/contracts"
import { withBody } from "@fangshi/kernel"
import { z } from "zod"
import { sendCode } from "../../../../members/send-code"

/** Sends a sign-in code. The answer does not tell whether the number is known. */
export const POST = withBody(z.strictObject({ phone: mobilePhone }), async (req, res, { phone }) => {
  res.json(await sendCode(req, res, phone, "sign-in"))
})
