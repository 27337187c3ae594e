import { inUnitOfWork } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { addToCartWorkflow, deleteLineItemsWorkflow, transferCartCustomerWorkflow } from "@medusajs/medusa/core-flows"

type Line = { id: string; variant_id: string | null; quantity: number }
type Cart = { id: string; customer: { id: string; has_account: boolean } | null; items: Line[] }

/**
 * The cart a member goes on with after signing in. A guest's cart with goods becomes theirs, and what lay in their other
 * open cart is put on top of it; what can no longer be bought stays in the other one. Without goods of a guest, the
 * member's latest cart is taken up again. Returns null where there is neither. Twice is once: the other cart is empty then.
 */
export async function takeCart(scope: MedusaContainer, knex: Knex, customer_id: string, guestCartId: string | undefined): Promise<string | null> {
  const lock = async (unit: { query: (sql: string, values: unknown[]) => Promise<unknown> }) =>
    void (await unit.query("select pg_advisory_xact_lock(hashtextextended('member-cart:' || current_setting('app.tenant_id') || ':' || $1, 0))", [customer_id]))
  return inUnitOfWork(knex, lock, async () => {
    const guests = guestCartId ? await findOpenCart(scope, { id: guestCartId }) : null
    const taken = guests?.items.length && mayTake(guests, customer_id) ? guests : null
    const own = await findOpenCart(scope, { customer_id }, taken?.id)
    if (!taken) return own?.id ?? null
    await transferCartCustomerWorkflow(scope).run({ input: { id: taken.id, customer_id } })
    if (own) await moveLines(scope, own, taken.id)
    return taken.id
  })
}

/** Nobody's, a guest's or their own: the cart of another member is not theirs to take, whoever knows its id. */
const mayTake = ({ customer }: Cart, customer_id: string) => !customer?.has_account || customer.id === customer_id

async function findOpenCart(scope: MedusaContainer, filters: { id: string } | { customer_id: string }, except?: string): Promise<Cart | null> {
  const { data } = await scope.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "cart",
    fields: ["id", "customer.id", "customer.has_account", "items.id", "items.variant_id", "items.quantity"],
    filters: { ...filters, completed_at: null },
    pagination: { take: 10, skip: 0, order: { updated_at: "DESC" } },
  })
  return (data as unknown as Cart[]).find((cart) => cart.id !== except && ("id" in filters || cart.items.length > 0)) ?? null
}

async function moveLines(scope: MedusaContainer, from: Cart, to: string): Promise<void> {
  for (const { id, variant_id, quantity } of from.items) {
    if (!variant_id) continue
    const { errors } = await addToCartWorkflow(scope).run({ input: { cart_id: to, items: [{ variant_id, quantity }] }, throwOnError: false })
    if (!errors.length) await deleteLineItemsWorkflow(scope).run({ input: { cart_id: from.id, ids: [id] } })
  }
}
