import { maskPhone } from "@fangshi/contracts"
import { log } from "../log"
import type { Mode } from "../settings"
import type { SmsSender } from "./sms-sender"

/** Writes the code into the log and nothing else. For demo and test mode: whoever reads the log can sign in as anybody. */
export const consoleSms: SmsSender = {
  send: async ({ phone, template, code }) => log.info(`SMS ${template} to ${maskPhone(phone)}: ${code}`),
}

/** Who carries messages where the operator has configured nobody. */
export const smsOf = (mode: Mode): SmsSender | null => (mode === "production" ? null : consoleSms)
