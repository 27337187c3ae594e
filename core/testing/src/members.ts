import type { Sms } from "@fangshi/server"
import { type SharedHost, control, sharedHost } from "./shared-host"
import type { ShopClient } from "./shop-client"

type ControlledHost = Pick<SharedHost, "controlUrl">

/** The messages a phone got from a shop, the first one first. */
export const messagesTo = (tenant: string, phone: string, host: ControlledHost = sharedHost()): Promise<Sms[]> => control<Sms[]>({ op: "sms", id: tenant, phone }, host)

/** The code of the latest message to a phone. */
export async function latestCode(tenant: string, phone: string, host: ControlledHost = sharedHost()): Promise<string> {
  const code = (await messagesTo(tenant, phone, host)).at(-1)?.code
  if (!code) throw new Error(`no message to ${phone}`)
  return code
}

/** Lets time pass for one shop: codes grow old, limits end. */
export const passTime = (tenant: string, ms: number, host: ControlledHost = sharedHost()): Promise<void> => control({ op: "pass-time", id: tenant, ms }, host)

export type SignedInMember = { token: string; customer_id: string; created: boolean }

/** Signs a phone in as a shopper does: asks for a code, reads it, sends it back. */
export async function signIn(client: ShopClient, phone: string): Promise<SignedInMember> {
  await client.post("/store/members/codes", { phone })
  return client.post<SignedInMember>("/store/members/sign-in", { phone, code: await latestCode(client.tenant.id, phone) })
}
