import { ERRORS, maskPhone } from "@fangshi/contracts"
import { Field, Slot, useMoney, useTranslation } from "@fangshi/storefront-kit"
import { type FormEvent, useEffect, useRef, useState } from "react"
import { type ActionFunctionArgs, Form, Link, type LoaderFunctionArgs, type ShouldRevalidateFunctionArgs, data, redirect, useActionData, useLoaderData, useNavigation } from "react-router"
import { PlaceFields } from "../PlaceFields"
import { addressLine, fromMedusa, toMedusa } from "../address-form"
import { checkCheckoutForm, isRight, typedForm } from "../checkout-form"
import { cartCookie, ordersCookie, readCartId, readOrderIds } from "../cookies"
import { CouponField } from "../coupons/CouponField"
import { DiscountLine } from "../coupons/DiscountLine"
import { type CouponProblem, changeCoupon, expectedCoupon, loadCoupon } from "../coupons/coupons.server"
import { discountOf } from "../coupons/discount-of"
import { DeliveryChoice } from "../delivery/DeliveryChoice"
import { kindOf } from "../delivery/delivery"
import { loadDelivery } from "../delivery/delivery.server"
import { formOf } from "../form.server"
import { localeOf } from "../locale.server"
import { findMember } from "../member.server"
import { placeOrder } from "../order.server"
import { placeLists, wrongPlace } from "../place.server"
import { loadSlots } from "../slots.server"
import { findCart, shopApi, statusOf } from "../shop-api.server"

const NEW = "new"

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop } = context
  const locale = await localeOf(request, shop)
  const api = shopApi(shop, locale)
  const cart = await findCart(api, await readCartId(request))
  if (!cart?.items?.length) throw redirect("/cart")
  const { shipping_options } = await api.store.fulfillment.listCartOptions({ cart_id: cart.id })
  const signedIn = await findMember(request, shop, locale)
  const member = signedIn?.member
  const book = (member?.addresses ?? []).map((each) => ({ id: each.id, isDefault: each.is_default_shipping, form: fromMedusa(each) })).sort((x, y) => Number(y.isDefault) - Number(x.isDefault))
  const filled = fromMedusa(cart.shipping_address)
  return {
    isMember: Boolean(member),
    beforePay: await loadSlots(context, locale, "checkout.before-pay", { cart_id: cart.id }, signedIn?.api ?? api),
    lists: placeLists(locale),
    book: book.map(({ id, form }) => ({ id, name: form.name, phone: maskPhone(form.phone), line: addressLine(form) })),
    cart_id: cart.id,
    lines: cart.items.map((item) => ({ id: item.id, title: item.product_title ?? item.title, variant: item.variant_title ?? "", quantity: item.quantity, total: item.original_total ?? item.unit_price * item.quantity })),
    total: cart.item_total,
    discount: discountOf(cart.original_item_total - cart.item_total, cart.items),
    coupon: await loadCoupon(shop, locale, cart.id),
    delivery: await loadDelivery(api, locale, cart.id, shipping_options.map(kindOf), filled.city ? filled : (book[0]?.form ?? filled)),
    options: shipping_options.map((option) => ({ id: option.id, name: option.name, description: option.type?.description ?? "", amount: option.amount ?? 0, kind: kindOf(option) })).sort((x, y) => x.amount - y.amount),
    filled: filled as Record<string, string>,
  }
}

export async function action({ request, context: { shop } }: ActionFunctionArgs) {
  const locale = await localeOf(request, shop)
  const signedIn = await findMember(request, shop, locale)
  const posted = await formOf(request)
  const cartId = await readCartId(request)
  if (!cartId) return redirect("/cart")
  const changed = await changeCoupon(shop, locale, cartId, posted)
  if (changed) return data({ wrong: [] as string[], values: typedForm(posted), problem: null, refusal: null, coupon: changed.problem }, { status: changed.problem ? 422 : 200 })
  const saved = signedIn?.member.addresses.find((each) => each.id === posted.get("address_id"))
  if (saved) for (const [field, value] of Object.entries(fromMedusa(saved))) posted.set(field, value)
  try {
    const api = signedIn?.api ?? shopApi(shop, locale)
    const { shipping_options } = await api.store.fulfillment.listCartOptions({ cart_id: cartId })
    const kind = kindOf(shipping_options.find(({ id }) => id === posted.get("shipping_option")) ?? {})
    const checked = checkCheckoutForm(posted, kind !== "pick_up")
    if (!checked.ok) return data({ wrong: checked.wrong as string[], values: checked.values, problem: null, refusal: null, coupon: null as CouponProblem | null }, { status: 422 })
    const hasAddress = Boolean(checked.form.address)
    const faults = saved || !hasAddress ? [] : wrongPlace(checked.form)
    if (faults.length) return data({ wrong: faults as string[], values: checked.form, problem: null, refusal: null, coupon: null as CouponProblem | null }, { status: 422 })
    const placed = await placeOrder(api, cartId, { form: checked.form, kind, memberId: signedIn?.member.id ?? null, coupon: expectedCoupon(shop, cartId, posted) })
    if ("refusal" in placed) return data({ wrong: [] as string[], values: checked.form, problem: null, refusal: ERRORS[placed.refusal].text[locale], coupon: null as CouponProblem | null }, { status: ERRORS[placed.refusal].status })
    if ("problem" in placed) return data({ wrong: [] as string[], values: checked.form, problem: placed.problem, refusal: null, coupon: null as CouponProblem | null }, { status: 409 })
    if (signedIn && hasAddress && posted.get("save_address") === "on") await signedIn.api.store.customer.createAddress({ ...toMedusa(checked.form), is_default_shipping: signedIn.member.addresses.length === 0 })
    const orders = [placed.order_id, ...(await readOrderIds(request)).filter((id) => id !== placed.order_id)].slice(0, 20)
    const headers = new Headers([["set-cookie", await cartCookie.serialize("", { maxAge: 0 })]])
    // A member finds it among their own; the next one at this screen must not.
    if (!signedIn) headers.append("set-cookie", await ordersCookie.serialize(orders))
    return redirect(`/order/${placed.order_id}`, { headers })
  } catch (error) {
    if (statusOf(error) === 404) return redirect("/cart")
    throw error
  }
}

/** After a refusal, too: what somebody else took meanwhile must not look free. */
export const shouldRevalidate = ({ actionStatus, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) => actionStatus === 409 || defaultShouldRevalidate

export default function Checkout() {
  const { t } = useTranslation()
  const money = useMoney()
  const { cart_id, lines, total, discount, coupon, options, filled, isMember, book, lists, beforePay, delivery } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const busy = useNavigation().state !== "idle"
  const form = useRef<HTMLFormElement>(null)
  const values: Record<string, string> = result?.values ?? filled
  const [right, setRight] = useState<Record<string, boolean>>({})
  const noteInput = ({ target }: FormEvent) => target instanceof HTMLInputElement && setRight((known) => ({ ...known, [target.name]: isRight(target.name, target.value) }))
  // A complaint goes as soon as its field is right, and comes back if it is not any more.
  const wrong = new Set<string>(result?.wrong.filter((name) => !right[name]))
  // The first wrong field is where the shopper has to go.
  useEffect(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus(), [result])
  const startsNew = !book.length || wrong.size > 0
  const field = (name: string, more: { type?: string; autoComplete?: string; inputMode?: "tel" | "text"; required?: boolean } = {}) => (
    <Field name={name} label={t(`checkout.${name}`)} error={wrong.has(name) ? t(`checkout.wrong.${name}`) : null} defaultValue={values[name] ?? ""} {...more} />
  )
  return (
    <Form method="post" ref={form} noValidate onInput={noteInput} className="fs-two">
      {/* What the Enter key presses: the order, and not the coupon that stands before it. */}
      <button hidden disabled={busy} />
      {coupon?.applied && <input type="hidden" name="coupon_shown" value={coupon.code} />}
      <div>
        <h1 className="fs-title" style={{ marginBottom: 12 }}>{t("checkout.title")}</h1>
        {result?.refusal && <p className="fs-notice">{t("checkout.mend")}</p>}
        {result?.problem && <p className="fs-notice" role="alert">{t(`problem.${result.problem}`)}</p>}
        {wrong.size > 0 && <p className="fs-notice" role="alert">{t("checkout.mend")}</p>}
        <section className="fs-panel">
          <h2>{t("checkout.deliverTo")}</h2>
          {!isMember && <p><Link to="/account/sign-in?back=/checkout" className="fs-link">{t("account.signIn.invite")}</Link></p>}
          {book.map((each, i) => (
            <label key={each.id} className="fs-radio">
              <input type="radio" name="address_id" value={each.id} defaultChecked={!startsNew && i === 0} />
              <span><b>{each.name}</b> {each.phone}<small style={{ display: "block" }}>{each.line}</small></span>
            </label>
          ))}
          {book.length > 0 && <label className="fs-radio fs-new"><input type="radio" name="address_id" value={NEW} defaultChecked={startsNew} /><span>{t("account.addresses.new")}</span></label>}
          <div className="fs-fields fs-new-fields">
            {field("name", { autoComplete: "name", required: true })}
            {field("phone", { type: "tel", inputMode: "tel", autoComplete: "tel-national", required: true })}
            <p className="fs-sub fs-no-address">{t("delivery.noAddress")}</p>
            <PlaceFields lists={lists} values={values} wrong={wrong} />
            {field("address", { autoComplete: "street-address", required: true })}
            {isMember && <label className="fs-check"><input type="checkbox" name="save_address" />{t("account.addresses.save")}</label>}
          </div>
          <div style={{ marginTop: 12 }}>{field("note")}</div>
        </section>
        <DeliveryChoice options={options} delivery={delivery} values={values} refusal={result?.refusal ?? null} />
        <section className="fs-panel">
          <h2>{t("checkout.payment")}</h2>
          <label className="fs-radio"><input type="radio" name="payment" value="offline" defaultChecked /><span>{t("product.payOnDelivery")}</span></label>
        </section>
      </div>
      <aside className="fs-panel">
        <h2>{t("checkout.goods")}</h2>
        <dl className="fs-sums">
          {lines.map((line) => (
            <div key={line.id} style={{ display: "contents" }}>
              <dt>{line.title}<small style={{ display: "block" }}>{line.variant} × {line.quantity}</small></dt>
              <dd>{money(line.total)}</dd>
            </div>
          ))}
          <DiscountLine discount={discount} />
          <dt className="is-total">{t("cart.subtotal")}</dt>
          <dd className="is-total">{money(total)}</dd>
        </dl>
        <CouponField coupon={coupon} problem={result?.coupon ?? null} busy={busy} />
        <p className="fs-sub">{t("checkout.shippingAdded")}</p>
        <Slot name="checkout.before-pay" loaded={beforePay} cart_id={cart_id} />
        <p style={{ marginTop: 14 }}><button className="fs-button" style={{ width: "100%" }} disabled={busy}>{busy ? t("checkout.placing") : t("checkout.place")}</button></p>
      </aside>
    </Form>
  )
}
