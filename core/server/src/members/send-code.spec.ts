import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { consoleSms, smsOf } from "../sms/console-sms"
import { SMS, type Sms, type SmsSender } from "../sms/sms-sender"
import { sendCode } from "./send-code"
import { CODES } from "./sms-codes"

const PHONE = "13900000000"
const made: string[] = []
const codes = { make: async (phone: string) => (made.push(phone), "123456") }

function send(sender: SmsSender | null) {
  const scope = { resolve: (name: string) => ({ [SMS]: sender, [CODES]: codes })[name] }
  return sendCode({ scope } as unknown as MedusaRequest, { locals: { client_address: "203.0.113.1" } } as unknown as MedusaResponse, PHONE, "sign-in")
}

beforeEach(() => made.splice(0))

describe("sending a code", () => {
  it("is refused where nobody carries messages, before one is made", async () => {
    expect(smsOf("production")).toBeNull()
    await expect(send(smsOf("production"))).rejects.toMatchObject({ code: "SMS_UNAVAILABLE", status: 503 })
    expect(made).toEqual([])
  })

  it("writes into the log in demo and test mode only", () => {
    expect([smsOf("demo"), smsOf("test")]).toEqual([consoleSms, consoleSms])
  })

  it("hands the code to the carrier and never to the asker, and says so when the carrier refuses", async () => {
    const sent: Sms[] = []
    const answer = await send({ send: async (sms) => void sent.push(sms) })
    expect(sent).toEqual([{ phone: PHONE, template: "sign-in", code: "123456" }])
    expect(JSON.stringify(answer)).not.toContain("123456")
    await expect(send({ send: () => Promise.reject(new Error("carrier says no")) })).rejects.toMatchObject({ code: "SMS_UNAVAILABLE" })
  })
})
