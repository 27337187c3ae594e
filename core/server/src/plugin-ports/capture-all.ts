import type { PortPayment } from "@fangshi/contracts"
import { withProviderKey } from "@fangshi/kernel"
import { Modules, PaymentEvents, generateEntityId } from "@medusajs/framework/utils"
import { fromFen } from "../workbench/fen"
import { type BookedPayment, bookedPayments, shown } from "./booked-payments"
import { type Caller, providerKey, rowsOf, whole } from "./caller"
import { insertRows } from "./insert-rows"

/** Payments of one transaction: a provider that takes seconds for each must not outlast it. */
const BATCH = 50
/** As many of them at a provider at once. */
const AT_ONCE = 8

/** The providers of Medusa's payment module, each as the shop of the running code has it. */
type Providers = { capturePayment: (provider_id: string, input: { data: unknown }) => Promise<{ data?: Record<string, unknown> }> }
const providersOf = ({ scope }: Caller): Providers => (scope.resolve(Modules.PAYMENT) as unknown as { paymentProviderService_: Providers }).paymentProviderService_

type Open = { id: string; payment_id: string; provider_id: string; amount: number; data: unknown; collection_id: string }
type Kept = { id: string; provider_id: string; data: unknown; amount: string }
type Taken = Open & { told: unknown }

/** Those whose whole amount is kept for us and that paid for no order yet, which nobody else changes before the unit of work ends. */
async function lockOpen(caller: Caller, ids: readonly string[]): Promise<Open[]> {
  await rowsOf(caller, "select id from plugin_payment where plugin = ? and id = any(?) order by id for update", [caller.plugin, ids])
  // Staff may take it, too.
  const rows = await rowsOf<Kept>(
    caller,
    `select pay.id, pay.provider_id, pay.data, round(pay.amount * 100) as amount from payment pay where pay.deleted_at is null and pay.captured_at is null
       and pay.payment_session_id in (select payment_session_id from plugin_payment where plugin = ? and id = any(?)) order by pay.id for update`,
    [caller.plugin, ids],
  )
  const kept = new Map(rows.map((row) => [row.id, row]))
  return (await bookedPayments(caller, ids)).flatMap((payment) => openOf(payment, kept.get(payment.payment_id ?? "")))
}

/** What is not as plain as this, `capture` does. */
function openOf({ id, state, amount, captured_amount, order, collection_id }: BookedPayment, kept: Kept | undefined): Open[] {
  if (!kept || state !== "authorized" || captured_amount > 0 || order || Number(kept.amount) !== amount) return []
  return [{ id, payment_id: kept.id, provider_id: kept.provider_id, amount, data: kept.data, collection_id }]
}

/** Asks the providers, under the keys that `capture` uses; a payment that its provider does not let us take is left out. */
async function askProviders(caller: Caller, open: readonly Open[]): Promise<Taken[]> {
  const left = [...open]
  const taken: Taken[] = []
  const providers = providersOf(caller)
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, left.length) }, async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) {
      const { id, provider_id, data } = one
      const answer = await withProviderKey(providerKey(caller.plugin, "capture", id), () => providers.capturePayment(provider_id, { data })).catch(() => null)
      if (answer) taken.push({ ...one, told: answer.data ?? data })
    }
  }))
  return taken
}

const raw = (amount: string) => `jsonb_build_object('value', trim_scale(${amount})::text, 'precision', 20)`

/** As Medusa's own capture writes them. */
async function write(caller: Caller, taken: readonly Taken[]): Promise<void> {
  const rows = taken.map(({ payment_id, collection_id, amount, told }) => ({ payment_id, collection_id, amount: fromFen(amount), data: told }))
  await insertRows(caller, "capture", rows.map(({ payment_id, amount }) => ({ id: generateEntityId(undefined, "capt"), payment_id, amount, raw_amount: { value: String(amount), precision: 20 } })))
  const now = new Date(caller.clock())
  await rowsOf(caller, "update payment p set data = r.data, captured_at = ?, updated_at = now() from jsonb_to_recordset(?::jsonb) as r(payment_id text, data jsonb) where p.id = r.payment_id", [now, JSON.stringify(rows)])
  await rowsOf(
    caller,
    `update payment_collection c set status = 'completed', completed_at = ?, updated_at = now(), authorized_amount = r.amount, raw_authorized_amount = ${raw("r.amount")},
       captured_amount = r.amount, raw_captured_amount = ${raw("r.amount")}, refunded_amount = 0, raw_refunded_amount = ${raw("0::numeric")}
     from jsonb_to_recordset(?::jsonb) as r(collection_id text, amount numeric) where c.id = r.collection_id`,
    [now, JSON.stringify(rows)],
  )
}

const captureBatch = (caller: Caller, ids: readonly string[]): Promise<void> =>
  whole(caller, async () => {
    const taken = await askProviders(caller, await lockOpen(caller, ids))
    if (!taken.length) return
    await write(caller, taken)
    await caller.scope.resolve(Modules.EVENT_BUS).emit(taken.map(({ payment_id }) => ({ name: PaymentEvents.CAPTURED, data: { id: payment_id } })))
  })

/** Takes many payments in few statements; Medusa's workflow takes one in about seventy. */
export async function captureAll(caller: Caller, ids: readonly string[]): Promise<PortPayment[]> {
  const before = await bookedPayments(caller, ids)
  const open = before.filter(({ state }) => state === "authorized").map(({ id }) => id)
  for (let i = 0; i < open.length; i += BATCH) await captureBatch(caller, open.slice(i, i + BATCH))
  const all = new Map([...before, ...(await bookedPayments(caller, open))].map((payment) => [payment.id, payment]))
  return ids.flatMap((id) => {
    const payment = all.get(id)
    return payment ? [shown(payment)] : []
  })
}
