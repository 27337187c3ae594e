import { FangshiError } from "@fangshi/contracts"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { deliveryOf } from "../delivery/delivery"
import { afterSalesOf } from "../after-sales/after-sales"
import type { MembersService } from "../modules/members/service"
import { noticesOf } from "../notices/notices"
import { reviewsOf } from "../reviews/reviews"
import { type MemberOrder, isCancellable } from "./orders"

/** Has nothing left of the person but what a receipt needs: town and masked name and number. */
const MASK = `first_name = left(first_name, 1) || '**', last_name = null, phone = regexp_replace(phone, '^(\\d{3})\\d+(\\d{4})$', '\\1****\\2'),
  address_1 = '***', address_2 = null, company = null, postal_code = null, metadata = null, updated_at = now()`

/**
 * Where Medusa writes a buyer's name, number, address or note, each with whose it is. Statements, not services: six
 * modules keep a copy, none has a verb for forgetting, and either all of them forget or none.
 */
const COPIES = [
  `update order_address set ${MASK} where id in (select unnest(array[shipping_address_id, billing_address_id]) from "order" where customer_id = :me)`,
  `update fulfillment_address set ${MASK} where id in (select f.delivery_address_id from fulfillment f join order_fulfillment l on l.fulfillment_id = f.id join "order" o on o.id = l.order_id where o.customer_id = :me)`,
  `update "order" set email = null, metadata = null, updated_at = now() where customer_id = :me`,
  `update payment_session set context = null, updated_at = now() where payment_collection_id in (select l.payment_collection_id from cart_payment_collection l join cart c on c.id = l.cart_id where c.customer_id = :me)`,
  `update account_holder set email = null, data = '{}', metadata = null, updated_at = now() where id in (select account_holder_id from customer_account_holder where customer_id = :me)`,
  // What completing a cart noted of its steps, the whole buyer among it. Kept for days, to answer a repeated request.
  `delete from workflow_execution where state in ('done', 'reverted', 'failed') and (position(:me in execution::text) > 0 or position(:me in context::text) > 0)`,
  `update cart_address set ${MASK} where id in (select unnest(array[shipping_address_id, billing_address_id]) from cart where customer_id = :me)`,
  `update cart set email = null, metadata = null, updated_at = now() where customer_id = :me`,
  `delete from customer_address where customer_id = :me`,
  `update customer set first_name = null, last_name = null, company_name = null, email = null, phone = null, metadata = null, has_account = false, updated_at = now() where id = :me`,
]

/**
 * Forgets a member for good: profile, addresses, favourites, what they wrote in reviews and after-sale requests, what they were told and every way to sign in are gone. Orders stay for three
 * years, as the E-Commerce Law asks of a shop (article 31), with the person masked. Call inside a unit of work.
 * Throws ACCOUNT_HAS_OPEN_ORDERS while goods are still to be sent: without an address nobody could; ACCOUNT_HAS_OPEN_AFTER_SALES while money may still go back.
 */
export async function eraseMember(scope: MedusaContainer, knex: Knex, members: MembersService, customer_id: string): Promise<void> {
  const { data } = await scope.resolve(ContainerRegistrationKeys.QUERY).graph({ entity: "order", fields: ["id", "status", "fulfillments.*"], filters: { customer_id, is_draft_order: false } as never })
  if ((data as unknown as MemberOrder[]).some(isCancellable)) throw new FangshiError("ACCOUNT_HAS_OPEN_ORDERS")
  for (const statement of COPIES) await knex.raw(statement, { me: customer_id })
  await members.forgetFavourites(customer_id)
  await reviewsOf(scope).forget(customer_id)
  await deliveryOf(scope).forget(customer_id)
  await afterSalesOf(scope).forget(customer_id)
  await noticesOf(scope).forget(customer_id)
  const auth = scope.resolve(Modules.AUTH)
  const identities = await auth.listAuthIdentities({ app_metadata: { customer_id } })
  await members.forgetPasswords(identities.map(({ id }) => id))
  for (const { id, app_metadata } of identities) {
    const others = Object.fromEntries(Object.entries(app_metadata ?? {}).filter(([key, value]) => key !== "customer_id" && value !== null))
    if (Object.keys(others).length) await auth.updateAuthIdentities({ id, app_metadata: { ...others, customer_id: null } })
    else await auth.deleteAuthIdentities([id])
  }
}
