import { FangshiError } from "@fangshi/contracts"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { log } from "../log"
import { SMS, type SmsSender } from "../sms/sms-sender"
import { CODES, CODE_RULES, type CodePurpose, type SmsCodes } from "./sms-codes"

export const codesOf = (req: Pick<MedusaRequest, "scope">): SmsCodes => req.scope.resolve<SmsCodes>(CODES)

/** What every asker gets, whether the number is known or not. Seconds. */
export type CodeSent = { sent: true; valid_seconds: number; again_after_seconds: number }

/** Sends a code to a phone. Throws SMS_UNAVAILABLE where nobody carries messages or the carrier refuses, CODE_TOO_SOON, CODE_TOO_MANY. */
export async function sendCode(req: MedusaRequest, res: MedusaResponse, phone: string, purpose: CodePurpose): Promise<CodeSent> {
  const sender = req.scope.resolve<SmsSender | null>(SMS)
  if (!sender) throw new FangshiError("SMS_UNAVAILABLE")
  const code = await codesOf(req).make(phone, purpose, String(res.locals.client_address))
  try {
    await sender.send({ phone, template: purpose, code })
  } catch (error) {
    log.error({ err: error }, "a text message was not taken")
    throw new FangshiError("SMS_UNAVAILABLE", {}, { cause: error })
  }
  return { sent: true, valid_seconds: CODE_RULES.valid_ms / 1_000, again_after_seconds: CODE_RULES.again_after_ms / 1_000 }
}
