import { type Locale, type ShopContext, maskPhone } from "@fangshi/contracts"
import { useMoney, useTranslation } from "@fangshi/storefront-kit"
import type { HttpTypes } from "@medusajs/types"
import { type ActionFunctionArgs, Form, Link, type LoaderFunctionArgs, data, redirect, useActionData, useLoaderData, useNavigation } from "react-router"
import "../../account/texts"
import { addressLine, fromMedusa } from "../../address-form"
import { DiscountLine } from "../../coupons/DiscountLine"
import { discountOf } from "../../coupons/discount-of"
import { OrderAfterSales } from "../../after-sales/OrderAfterSales"
import { loadAfterSales } from "../../after-sales/after-sales.server"
import { dayAndTime } from "../../day-and-time"
import { AgreedDelivery } from "../../delivery/AgreedDelivery"
import { loadAgreed } from "../../delivery/delivery.server"
import { formOf } from "../../form.server"
import { localeOf } from "../../locale.server"
import { askMembers, requireMember } from "../../member.server"
import { shopApi } from "../../shop-api.server"
import { stateOf, stepsOf } from "../../order-state"
import { ReviewInvite } from "../../reviews/ReviewInvite"

type Order = HttpTypes.StoreOrder & { canceled_at: string | null; cancellable: boolean }
const ID = /^[\w-]{1,80}$/

async function fetchOrder(shop: ShopContext, locale: Locale, token: string, id: string): Promise<Order> {
  const told = ID.test(id) ? await askMembers<{ order: Order }>(shop, locale, token, "GET", `me/orders/${id}`) : null
  if (!told?.ok) throw new Response("no such order", { status: 404 })
  return told.value.order
}

export async function loader({ request, params, context: { shop } }: LoaderFunctionArgs) {
  const locale = await localeOf(request, shop)
  const { token } = await requireMember(request, shop, locale)
  const order = await fetchOrder(shop, locale, token, params.id ?? "")
  const to = fromMedusa(order.shipping_address)
  return {
    number: order.display_id ?? 0,
    after_sales: await loadAfterSales(shop, locale, order.id),
    state: stateOf(order),
    cancellable: order.cancellable,
    steps: stepsOf(order as never).map((step) => ({ ...step, at: step.at && dayAndTime(step.at, locale, shop.time_zone) })),
    agreed: await loadAgreed(shopApi(shop, locale, token), shop, locale, order.id),
    lines: (order.items ?? []).map((item) => ({ id: item.id, title: item.product_title ?? item.title, variant: item.variant_title ?? "", quantity: item.quantity, total: item.original_total, picture: item.thumbnail, handle: item.product_handle })),
    total: order.total,
    discount: discountOf(order.discount_total, [...(order.items ?? []), ...(order.shipping_methods ?? [])]),
    shipping: order.original_shipping_total,
    shippingName: order.shipping_methods?.[0]?.name ?? "",
    to: { name: to.name, phone: maskPhone(to.phone), address: addressLine(to) },
  }
}

/** Cancelling is asked twice: the first press only shows the question, without script too. */
export async function action({ request, params, context: { shop } }: ActionFunctionArgs) {
  const locale = await localeOf(request, shop)
  const form = await formOf(request)
  const id = params.id ?? ""
  if (!ID.test(id)) throw new Response("no such order", { status: 404 })
  if (form.get("intent") !== "cancel") return data({ sure: true, text: null as string | null })
  const { token } = await requireMember(request, shop, locale)
  const told = await askMembers(shop, locale, token, "POST", `me/orders/${id}/cancel`, {})
  return told.ok ? redirect(`/account/orders/${id}`) : data({ sure: false, text: told.text as string | null }, { status: 409 })
}

export default function MemberOrder() {
  const { t } = useTranslation()
  const money = useMoney()
  const order = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const busy = useNavigation().state !== "idle"
  return (
    <section className="fs-narrow">
      <h1 className="fs-title">{t("order.number")} {order.number} · {t(`account.state.${order.state}`)}</h1>
      {result?.text && <p className="fs-notice" role="alert">{result.text}</p>}
      <div className="fs-panel">
        <h2>{t("account.order.way")}</h2>
        <ol className="fs-timeline">
          {order.steps.map((step) => <li key={step.key} className={step.done ? "is-done" : undefined}>{t(`account.state.${step.key}`)}{step.at && <small>{step.at}</small>}</li>)}
        </ol>
      </div>
      <AgreedDelivery agreed={order.agreed} />
      <div className="fs-panel">
        <h2>{t("checkout.deliverTo")}</h2>
        <p>{order.to.name} {order.to.phone}</p>
        <p>{order.to.address}</p>
      </div>
      <div className="fs-panel">
        <h2>{t("checkout.goods")}</h2>
        <ul>
          {order.lines.map((line) => (
            <li key={line.id} className="fs-line">
              <span className="fs-picture">{line.picture && <img src={line.picture} alt="" width={84} height={84} />}</span>
              <div><h3>{line.handle ? <Link to={`/p/${line.handle}`}>{line.title}</Link> : line.title}</h3><p className="fs-sub">{line.variant} × {line.quantity}</p><b>{money(line.total)}</b></div>
            </li>
          ))}
        </ul>
        <dl className="fs-sums">
          <dt>{t("checkout.shipping")} · {order.shippingName}</dt><dd>{order.shipping === 0 ? t("checkout.free") : money(order.shipping)}</dd>
          <DiscountLine discount={order.discount} />
          <dt className="is-total">{t("order.total")}</dt><dd className="is-total">{money(order.total)}</dd>
        </dl>
      </div>
      <OrderAfterSales loaded={order.after_sales} />
      {order.state === "delivered" && <ReviewInvite />}
      {order.cancellable && (
        <Form method="post" className="fs-panel" preventScrollReset>
          {result?.sure ? (
            <>
              <p>{t("account.order.sure")}</p>
              <button className="fs-button fs-danger fs-wide" name="intent" value="cancel" disabled={busy}>{t("account.order.yes")}</button>
            </>
          ) : (
            <button className="fs-link is-bad" name="intent" value="ask" disabled={busy}>{t("account.order.cancel")}</button>
          )}
        </Form>
      )}
      <p><Link to="/account/orders" className="fs-link">{t("account.order.all")}</Link></p>
    </section>
  )
}
