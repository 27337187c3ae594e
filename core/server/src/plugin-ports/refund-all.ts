import type { PartRefund } from "@fangshi/contracts"
import { generateEntityId } from "@medusajs/framework/utils"
import { fromFen } from "../workbench/fen"
import { type Caller, rowsOf, whole } from "./caller"
import { insertRows } from "./insert-rows"
import { type PlainPayment, askProviders, lockPlain, tellChanges, writeTaken } from "./plain-payments"

/** Refunds of one transaction: a provider that takes seconds for each must not outlast it. */
const BATCH = 50

type Wanted = PlainPayment & { refund: PartRefund }

const raw = (fen: number) => ({ value: String(fromFen(fen)), precision: 20 })

/** Those of the refunds that were made, now or before. */
async function madeOf(caller: Caller, refunds: readonly PartRefund[]): Promise<Set<string>> {
  const rows = await rowsOf<{ key: string }>(
    caller,
    `select f.key from plugin_refund f join jsonb_to_recordset(?::jsonb) as r(id text, key text, amount bigint) on r.key = f.key and r.id = f.plugin_payment_id and r.amount = f.refund_amount where f.plugin = ?`,
    [JSON.stringify(refunds), caller.plugin],
  )
  return new Set(rows.map(({ key }) => key))
}

/** What can be given back at once with others: a key that nobody used, and no more than is left of a payment that was taken whole. */
async function openOf(caller: Caller, refunds: readonly PartRefund[]): Promise<Wanted[]> {
  const plain = new Map((await lockPlain(caller, refunds.map(({ id }) => id))).map((one) => [one.payment.id, one]))
  const used = new Set((await rowsOf<{ key: string }>(caller, "select key from plugin_refund where plugin = ? and key = any(?)", [caller.plugin, refunds.map(({ key }) => key)])).map(({ key }) => key))
  return refunds.flatMap((refund) => {
    const one = plain.get(refund.id)
    return one && !used.has(refund.key) && one.payment.captured_amount === one.payment.amount && refund.amount <= one.payment.amount - one.payment.refunded_amount ? [{ ...one, refund }] : []
  })
}

const refundBatch = (caller: Caller, refunds: readonly PartRefund[]): Promise<void> =>
  whole(caller, async () => {
    const given = await askProviders(caller, "refund", await openOf(caller, refunds), ({ refund }) => refund.key, ({ refund }) => raw(refund.amount))
    if (!given.length) return
    const made = given.map((one) => ({ id: generateEntityId(undefined, "ref"), own_id: generateEntityId(undefined, "plref"), one }))
    await insertRows(caller, "plugin_refund", made.map(({ own_id, one: { refund } }) => ({ id: own_id, plugin: caller.plugin, key: refund.key, plugin_payment_id: refund.id, refund_amount: refund.amount })))
    await insertRows(caller, "refund", made.map(({ id, own_id, one: { payment_id, refund } }) => ({ id, payment_id, amount: fromFen(refund.amount), raw_amount: raw(refund.amount), created_by: `plugin:${caller.plugin}`, metadata: { plugin_refund: own_id } })))
    await rowsOf(caller, "update plugin_payment p set refunded_amount = p.refunded_amount + r.amount, updated_at = now() from jsonb_to_recordset(?::jsonb) as r(id text, amount bigint) where p.id = r.id", [JSON.stringify(given.map(({ refund }) => refund))])
    const back = new Map(given.map(({ payment, refund }) => [payment.id, payment.refunded_amount + refund.amount]))
    await writeTaken(caller, given, ({ payment }) => back.get(payment.id) ?? 0)
    await tellChanges(caller, "refund", made)
  })

/** Gives parts of many payments back in few statements; answers the keys of what is back. */
export async function refundAll(caller: Caller, refunds: readonly PartRefund[]): Promise<string[]> {
  const before = await madeOf(caller, refunds)
  const left = refunds.filter(({ key }) => !before.has(key))
  for (let i = 0; i < left.length; i += BATCH) await refundBatch(caller, left.slice(i, i + BATCH))
  const after = left.length ? await madeOf(caller, left) : before
  return refunds.flatMap(({ key }) => (before.has(key) || after.has(key) ? [key] : []))
}
