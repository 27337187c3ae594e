import { FangshiError } from "@fangshi/contracts"
import { z } from "zod"
import { withBody } from "../../../../../http/body"
import { findSignInPhone } from "../../../../../members/member"
import { sendCode } from "../../../../../members/send-code"

/** Sends the code that erasing asks for, to the number the member signs in with. */
export const POST = withBody(z.strictObject({}), async (req, res) => {
  const phone = await findSignInPhone(req)
  if (!phone) throw new FangshiError("ACCOUNT_WITHOUT_PHONE")
  res.json(await sendCode(req, res, phone, "erase"))
})
