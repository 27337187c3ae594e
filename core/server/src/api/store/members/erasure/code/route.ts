import { withBody } from "@fangshi/kernel"
import { z } from "zod"
import { signInPhone } from "../../../../../members/member"
import { sendCode } from "../../../../../members/send-code"

/** Sends the code that erasing asks for, to the number the member signs in with. */
export const POST = withBody(z.strictObject({}), async (req, res) => {
  res.json(await sendCode(req, res, await signInPhone(req), "erase"))
})
