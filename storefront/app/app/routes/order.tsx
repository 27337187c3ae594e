import { type LocalizedText, type ParcelState, maskPhone } from "@fangshi/contracts"
import { useMoney, useShop, useTranslation } from "@fangshi/storefront-kit"
import { Link, type LoaderFunctionArgs, useLoaderData } from "react-router"
import { DiscountLine } from "../coupons/DiscountLine"
import { discountOf } from "../coupons/discount-of"
import { AgreedDelivery } from "../delivery/AgreedDelivery"
import { loadAgreed } from "../delivery/delivery.server"
import { OrderAfterSales } from "../after-sales/OrderAfterSales"
import { loadAfterSales } from "../after-sales/after-sales.server"
import { assertBuyer } from "../buyer.server"
import { localeOf } from "../locale.server"
import { ReviewInvite } from "../reviews/ReviewInvite"
import { shopApi } from "../shop-api.server"

type BuyersParcel = { id: string; state: ParcelState; pick_up_code: string; refusal_reason: string | null; merchant_name: LocalizedText | null }

export async function loader({ request, params, context: { shop } }: LoaderFunctionArgs) {
  const id = params.id ?? ""
  const locale = await localeOf(request, shop)
  await assertBuyer(request, shop, locale, id)
  const api = shopApi(shop, locale)
  const { order } = await api.store.order.retrieve(id, { fields: "id,display_id,created_at,total,item_total,discount_total,original_shipping_total,*items,*items.adjustments,*shipping_address,*shipping_methods,*shipping_methods.adjustments" })
  const { parcels } = await api.client.fetch<{ parcels: BuyersParcel[] }>(`/store/orders/${encodeURIComponent(id)}/parcels`)
  const a = order.shipping_address
  // Goods and delivery keep the words they were bought in, as on a receipt; only what is around them follows the language of the page.
  return {
    number: order.display_id ?? 0,
    parcels,
    agreed: await loadAgreed(api, shop, locale, id),
    after_sales: await loadAfterSales(shop, locale, id),
    lines: (order.items ?? []).map((item) => ({ id: item.id, title: item.product_title ?? item.title, variant: item.variant_title ?? "", quantity: item.quantity, total: item.original_total, picture: item.thumbnail })),
    total: order.total,
    discount: discountOf(order.discount_total, [...(order.items ?? []), ...(order.shipping_methods ?? [])]),
    shipping: order.original_shipping_total,
    shippingName: order.shipping_methods?.[0]?.name ?? "",
    to: { name: a?.first_name ?? "", phone: maskPhone(a?.phone ?? ""), address: [a?.province, a?.city, a?.address_2, a?.address_1].filter(Boolean).join(" ") },
  }
}

export default function Order() {
  const { t } = useTranslation()
  const money = useMoney()
  const order = useLoaderData<typeof loader>()
  return (
    <>
      <section className="fs-panel fs-done">
        <svg viewBox="0 0 64 64" fill="none" stroke="currentColor" strokeWidth="4" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true"><circle cx="32" cy="32" r="28" /><path d="m20 33 8 8 16-18" /></svg>
        <h1>{t("order.thanks")}</h1>
        <p>{t("order.number")} <b>{order.number}</b></p>
        <p className="fs-sub">{t("order.payLater", { amount: money(order.total) })}</p>
      </section>
      {order.parcels.length > 0 && (
        <section className="fs-panel fs-codes">
          <h2>{t("pickUp.title")}</h2>
          <ul>{order.parcels.map((parcel) => <PickUp key={parcel.id} parcel={parcel} />)}</ul>
          {order.parcels.some(({ state }) => state === "done") && <ReviewInvite />}
        </section>
      )}
      <AgreedDelivery agreed={order.agreed} />
      <section className="fs-panel">
        <h2>{t("checkout.deliverTo")}</h2>
        <p>{order.to.name} {order.to.phone}</p>
        <p>{order.to.address}</p>
      </section>
      <section className="fs-panel">
        <h2>{t("checkout.goods")}</h2>
        <ul>
          {order.lines.map((line) => (
            <li key={line.id} className="fs-line">
              <span className="fs-picture">{line.picture && <img src={line.picture} alt="" width={84} height={84} />}</span>
              <div><h3>{line.title}</h3><p className="fs-sub">{line.variant} × {line.quantity}</p><b>{money(line.total)}</b></div>
            </li>
          ))}
        </ul>
        <dl className="fs-sums">
          <dt>{t("checkout.shipping")} · {order.shippingName}</dt><dd>{order.shipping === 0 ? t("checkout.free") : money(order.shipping)}</dd>
          <DiscountLine discount={order.discount} />
          <dt className="is-total">{t("order.total")}</dt><dd className="is-total">{money(order.total)}</dd>
        </dl>
      </section>
      <OrderAfterSales loaded={order.after_sales} />
      <p style={{ textAlign: "center" }}><Link to="/" className="fs-button is-quiet">{t("order.again")}</Link></p>
    </>
  )
}

/** What a merchant does with its part of the order; the code to show there as long as it is of use. */
function PickUp({ parcel: { state, pick_up_code, refusal_reason, merchant_name } }: { parcel: BuyersParcel }) {
  const { t } = useTranslation()
  const { locale } = useShop()
  const open = state !== "done" && state !== "refused"
  return (
    <li>
      <p>{merchant_name && <b>{merchant_name[locale]} · </b>}{t(`pickUp.state.${state}`)}</p>
      {open && <p className="fs-code"><span className="fs-sub">{t("pickUp.code")}</span> <b>{pick_up_code.slice(0, 3)} {pick_up_code.slice(3)}</b></p>}
      {refusal_reason && <p className="fs-notice">{t("pickUp.refused", { reason: refusal_reason })}</p>}
    </li>
  )
}
