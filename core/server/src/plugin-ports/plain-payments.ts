import { paymentProviders, withProviderKey } from "@fangshi/kernel"
import { Modules } from "@medusajs/framework/utils"
import { fromFen } from "../workbench/fen"
import { type BookedPayment, bookedPayments } from "./booked-payments"
import { type Caller, providerKey, rowsOf } from "./caller"

/** As many calls of providers at once. */
const AT_ONCE = 8

/** A payment that paid for no order yet. `data` is what Medusa keeps of it for its provider. */
export type PlainPayment = { payment: BookedPayment; payment_id: string; provider_id: string; data: unknown }

/** Those of the payments that many can be done at once with, locked: nobody else changes them before the unit of work ends. */
export async function lockPlain(caller: Caller, ids: readonly string[]): Promise<PlainPayment[]> {
  await rowsOf(caller, "select id from plugin_payment where plugin = ? and id = any(?) order by id for update", [caller.plugin, ids])
  // Staff may take it and give it back, too.
  const rows = await rowsOf<{ id: string; provider_id: string; data: unknown; amount: string }>(
    caller,
    `select pay.id, pay.provider_id, pay.data, round(pay.amount * 100) as amount from payment pay where pay.deleted_at is null
       and pay.payment_session_id in (select payment_session_id from plugin_payment where plugin = ? and id = any(?)) order by pay.id for update`,
    [caller.plugin, ids],
  )
  const kept = new Map(rows.map((row) => [row.id, row]))
  return (await bookedPayments(caller, ids)).flatMap((payment) => {
    const own = kept.get(payment.payment_id ?? "")
    return own && !payment.order && Number(own.amount) === payment.amount ? [{ payment, payment_id: own.id, provider_id: own.provider_id, data: own.data }] : []
  })
}

/**
 * Asks the provider of each, under the key it is asked by when it is asked alone; answers those it did it for, with what it
 * says of them now. The others are left out.
 */
export async function askProviders<P extends PlainPayment>(caller: Caller, what: "capture" | "refund", all: readonly P[], keyOf: (one: P) => string, amountOf?: (one: P) => unknown): Promise<P[]> {
  const left = [...all]
  const done: P[] = []
  const providers = paymentProviders(caller.scope)
  const ask = ({ provider_id, data }: P, amount?: unknown) => (what === "capture" ? providers.capturePayment(provider_id, { data }) : providers.refundPayment(provider_id, { data, amount }))
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, left.length) }, async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) {
      const asked = one
      const answer = await withProviderKey(providerKey(caller.plugin, what, keyOf(asked)), () => ask(asked, amountOf?.(asked))).catch(() => null)
      if (answer) done.push({ ...asked, data: answer.data ?? asked.data })
    }
  }))
  return done
}

const AMOUNTS = ["authorized", "captured", "refunded"]
const setAmount = (name: string) => `${name}_amount = r.${name}, raw_${name}_amount = jsonb_build_object('value', trim_scale(r.${name})::text, 'precision', 20)`

/** Writes what providers said, and into the collections that all is taken and so much, in fen, given back: as Medusa does after each capture and refund. */
export async function writeTaken(caller: Caller, all: readonly PlainPayment[], refundedOf: (one: PlainPayment) => number): Promise<void> {
  const now = new Date(caller.clock())
  const rows = all.map((one) => {
    const amount = fromFen(one.payment.amount)
    return { payment_id: one.payment_id, collection_id: one.payment.collection_id, data: one.data, authorized: amount, captured: amount, refunded: fromFen(refundedOf(one)) }
  })
  await rowsOf(caller, "update payment p set data = r.data, captured_at = coalesce(p.captured_at, ?), updated_at = now() from jsonb_to_recordset(?::jsonb) as r(payment_id text, data jsonb) where p.id = r.payment_id", [now, JSON.stringify(rows)])
  await rowsOf(
    caller,
    `update payment_collection c set status = 'completed', completed_at = ?, updated_at = now(), ${AMOUNTS.map(setAmount).join(", ")}
     from jsonb_to_recordset(?::jsonb) as r(collection_id text, authorized numeric, captured numeric, refunded numeric) where c.id = r.collection_id`,
    [now, JSON.stringify(rows)],
  )
}

/** What is told of a row of Medusa's payment module that came or changed. */
const changeOf = (object: "capture" | "refund" | "payment" | "payment_collection", action: "created" | "updated", id: string) => ({ name: `payment.${object.replace("_", "-")}.${action}`, data: { id }, metadata: { source: "payment", object, action } })

/** Tells once all is committed what Medusa's payment module tells of each; `made` are the captures or refunds. */
export const tellChanges = ({ scope }: Caller, what: "capture" | "refund", made: readonly { id: string; one: PlainPayment }[]): Promise<void> =>
  scope.resolve(Modules.EVENT_BUS).emit(
    made.flatMap(({ id, one }) => [changeOf(what, "created", id), changeOf("payment", "updated", one.payment_id), changeOf("payment_collection", "updated", one.payment.collection_id)]),
    { internal: true },
  )
