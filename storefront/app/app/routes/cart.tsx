import { QuantityStepper, useMoney, useTranslation } from "@fangshi/storefront-kit"
import { type ActionFunctionArgs, Form, Link, type LoaderFunctionArgs, data, redirect, useActionData, useFetcher, useLoaderData, useNavigation } from "react-router"
import { changeLine } from "../cart.server"
import { readCartId } from "../cookies"
import { CouponField } from "../coupons/CouponField"
import { DiscountLine } from "../coupons/DiscountLine"
import { changeCoupon, loadCoupon } from "../coupons/coupons.server"
import { discountOf } from "../coupons/discount-of"
import { formOf } from "../form.server"
import { localeOf } from "../locale.server"
import { findCart, piecesLeft, shopApi } from "../shop-api.server"

const MOST = 999

type Line = { id: string; title: string; variant: string; handle: string; picture: string | null; price: number; quantity: number; max: number }

export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const locale = await localeOf(request, shop)
  const api = shopApi(shop, locale)
  const cart = await findCart(api, await readCartId(request))
  const left = await piecesLeft(api, (cart?.items ?? []).flatMap((item) => item.variant_id ?? []))
  const lines: Line[] = (cart?.items ?? []).map((item) => ({
    id: item.id,
    title: item.product_title ?? item.title,
    variant: item.variant_title ?? "",
    handle: item.product_handle ?? "",
    picture: item.thumbnail ?? null,
    price: item.unit_price,
    quantity: item.quantity,
    max: left.get(item.variant_id ?? "") ?? MOST,
  }))
  const [goods, total] = [cart?.original_item_total ?? 0, cart?.item_total ?? 0]
  return { lines, goods, total, discount: discountOf(goods - total, cart?.items ?? []), coupon: cart && lines.length ? await loadCoupon(shop, locale, cart.id) : null }
}

export async function action({ request, context: { shop } }: ActionFunctionArgs) {
  const form = await formOf(request)
  const locale = await localeOf(request, shop)
  const cartId = await readCartId(request)
  const changed = cartId ? await changeCoupon(shop, locale, cartId, form) : null
  if (changed) return changed.problem ? data({ coupon: changed.problem }, { status: 422 }) : redirect("/cart")
  const result = await changeLine(request, shop, locale, String(form.get("line_id") ?? ""), Number(form.get("quantity")))
  return "problem" in result ? data(result, { status: 409 }) : redirect("/cart")
}

export default function Cart() {
  const { t } = useTranslation()
  const { lines, goods, total, discount, coupon } = useLoaderData<typeof loader>()
  const problem = useActionData<typeof action>()
  const money = useMoney()
  const busy = useNavigation().state !== "idle"
  if (!lines.length) return <EmptyCart />
  return (
    <>
      <h1 className="fs-title">{t("cart.title")}</h1>
      {problem && "problem" in problem && <p className="fs-notice" role="alert">{t(`problem.${problem.problem}`)}</p>}
      <div className="fs-two">
        <ul className="fs-panel">
          {lines.map((line) => <CartLine key={line.id} line={line} />)}
        </ul>
        <aside className="fs-panel">
          <Form method="post" preventScrollReset><CouponField coupon={coupon} problem={problem && "coupon" in problem ? problem.coupon : null} busy={busy} /></Form>
          <dl className="fs-sums">
            {discount && <><dt>{t("coupon.goods")}</dt><dd>{money(goods)}</dd></>}
            <DiscountLine discount={discount} />
            <dt className="is-total">{t("cart.subtotal")}</dt>
            <dd className="is-total">{money(total)}</dd>
          </dl>
          <p className="fs-sub">{t("cart.taxIncluded")}</p>
          <p style={{ marginTop: 14 }}><Link to="/checkout" className="fs-button" style={{ width: "100%" }}>{t("cart.checkout")}</Link></p>
        </aside>
      </div>
    </>
  )
}

function CartLine({ line }: { line: Line }) {
  const { t } = useTranslation()
  const money = useMoney()
  const fetcher = useFetcher<typeof action>()
  // Shows the number asked for at once; the server's answer replaces it.
  const asked = fetcher.formData?.get("quantity")
  const quantity = asked == null ? line.quantity : Number(asked)
  if (quantity === 0) return null
  const problem = fetcher.data && "problem" in fetcher.data ? fetcher.data.problem : null
  return (
    <li className="fs-line">
      <span className="fs-picture">{line.picture && <img src={line.picture} alt="" width={84} height={84} loading="lazy" />}</span>
      <div>
        <h3><Link to={`/p/${line.handle}`}>{line.title}</Link></h3>
        <p className="fs-sub">{line.variant}</p>
        <fetcher.Form method="post" action="/cart" className="fs-line-foot">
          <input type="hidden" name="line_id" value={line.id} />
          <b className="fs-now" style={{ fontSize: 17 }}>{money(line.price)}</b>
          <QuantityStepper quantity={quantity} max={Math.min(MOST, line.max)} disabled={fetcher.state !== "idle"} />
        </fetcher.Form>
        {problem && <p className="fs-notice" role="alert">{t(`problem.${problem}`)}</p>}
      </div>
    </li>
  )
}

function EmptyCart() {
  const { t } = useTranslation()
  return (
    <section className="fs-empty">
      <svg viewBox="0 0 120 120" fill="none" stroke="currentColor" strokeWidth="4" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
        <path d="M28 42h64l-6 58H34zM46 42v-8a14 14 0 0 1 28 0v8M50 66h.1M70 66h.1M50 82q10-8 20 0" />
      </svg>
      <h1>{t("cart.empty")}</h1>
      <p>{t("cart.emptyHint")}</p>
      <Link to="/" className="fs-button">{t("cart.browse")}</Link>
    </section>
  )
}
