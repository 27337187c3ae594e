import { currentTenant } from "@fangshi/kernel"
import type { Sms, SmsSender } from "@fangshi/server"

/** What a test's host has in place of phones and of the time: messages that can be read, and a clock a shop of its own. */
export class PhonesAndClocks implements SmsSender {
  private readonly sent = new Map<string, Sms[]>()
  private readonly ahead = new Map<string, number>()

  send = async (sms: Sms): Promise<void> => {
    const key = `${currentTenant()} ${sms.phone}`
    this.sent.set(key, [...(this.sent.get(key) ?? []), sms])
  }

  now = (): number => Date.now() + (this.ahead.get(currentTenant()) ?? 0)

  messages(tenant: string, phone: string): Sms[] {
    return this.sent.get(`${tenant} ${phone}`) ?? []
  }

  passTime(tenant: string, ms: number): void {
    this.ahead.set(tenant, (this.ahead.get(tenant) ?? 0) + ms)
  }
}
