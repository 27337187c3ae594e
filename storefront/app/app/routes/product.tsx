import type { Locale, ShopContext } from "@fangshi/contracts"
import { Slot, countryName, useMoney, useTheme } from "@fangshi/storefront-kit"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { type ActionFunctionArgs, Form, type LoaderFunctionArgs, data, redirect, useActionData, useLoaderData, useNavigation } from "react-router"
import { Heart } from "../Heart"
import { addToCart } from "../cart.server"
import { readMemberToken } from "../cookies"
import { Sections } from "../Sections"
import { localeOf } from "../locale.server"
import { askMembers } from "../member.server"
import { loadPage } from "../page.server"
import { loadSlots } from "../slots.server"
import { FIRST_REVIEWS, ProductReviews, reviewData } from "../reviews/ProductReviews"
import { loadReviews } from "../reviews/reviews.server"
import { Share } from "../share/Share"
import { metaOfLoader } from "../share/meta"
import { productAddress, shareMeta } from "../share/share-meta.server"
import { originalPrice, shopApi, shopFrame } from "../shop-api.server"

const MOST_SHOWN_STOCK = 10

type Choice = { id: string; title: string; price: number | null; original: number | null; stock: number | null }

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { shop } = context
  const locale = await localeOf(request, shop)
  const frame = await shopFrame(shop, locale)
  const { products } = await shopApi(shop, locale).store.product.list({
    handle: params.handle ?? "",
    region_id: frame.region_id,
    limit: 1,
    fields: "id,title,subtitle,description,handle,thumbnail,origin_country,*variants,*variants.calculated_price,+variants.inventory_quantity,*options",
  })
  const product = products[0]
  if (!product) throw new Response("no such product", { status: 404 })
  const choices: Choice[] = (product.variants ?? [])
    .map((variant) => ({
      id: variant.id,
      title: variant.title ?? "",
      price: variant.calculated_price?.calculated_amount ?? null,
      original: originalPrice(variant),
      stock: variant.manage_inventory ? Math.max(0, variant.inventory_quantity ?? 0) : null,
    }))
    .sort((a, b) => (a.price ?? 0) - (b.price ?? 0))
  const [{ sections }, kept, belowPrice, { summary, reviews }] = await Promise.all([
    loadPage(request, shop, locale, "product"),
    isFavourite(request, shop, locale, product.id),
    loadSlots(context, locale, "product.below-price", { product_id: product.id }),
    loadReviews(shop, locale, product.id, { limit: FIRST_REVIEWS }),
  ])
  return {
    sections,
    kept,
    belowPrice,
    reviewed: { handle: product.handle, summary, reviews },
    address: productAddress(shop, locale, product.handle),
    meta: [
      ...shareMeta(request, shop, locale, { title: product.title, description: product.subtitle || product.description || product.title, picture: product.thumbnail, price: startOf(choices)?.price, kind: "product" }),
      ...reviewData({ title: product.title, picture: product.thumbnail }, summary, shop.origin),
    ],
    product: { id: product.id, title: product.title, subtitle: product.subtitle, description: product.description, picture: product.thumbnail, origin: product.origin_country, option: product.options?.map((o) => o.title).join(" / ") ?? "" },
    choices,
    locale,
  }
}

const inStock = (choice: Choice) => choice.stock !== 0
/** What is chosen to begin with, and what a link to the product names the price of. */
const startOf = (choices: Choice[]) => choices.find(inStock) ?? choices[0]

async function isFavourite(request: Request, shop: ShopContext, locale: Locale, product_id: string): Promise<boolean> {
  const token = await readMemberToken(request)
  if (!token) return false
  // Somebody whose sign-in is over looks at the product like a guest.
  const told = await askMembers<{ product_ids: string[] }>(shop, locale, token, "GET", `me/favourites?product_id=${product_id}`).catch((error: unknown) => {
    if (error instanceof Response) return null
    throw error
  })
  return Boolean(told?.ok && told.value.product_ids.length)
}

export async function action({ request, context: { shop } }: ActionFunctionArgs) {
  const form = await request.formData()
  const locale = await localeOf(request, shop)
  const result = await addToCart(request, shop, locale, String(form.get("variant_id") ?? ""), Number(form.get("quantity") ?? 1))
  if ("problem" in result) return data(result, { status: 409 })
  return redirect(form.get("intent") === "buy" ? "/checkout" : "/cart", { headers: result.headers })
}

export const handle = { buyBar: true }

export const meta = metaOfLoader

export default function Product() {
  const { t } = useTranslation()
  const { sections, kept, belowPrice, reviewed, address, product, choices, locale } = useLoaderData<typeof loader>()
  const problem = useActionData<typeof action>()
  const busy = useNavigation().state !== "idle"
  const { Price } = useTheme()
  const money = useMoney()
  const start = startOf(choices)
  const [chosenId, choose] = useState(start?.id)
  const chosen = choices.find((choice) => choice.id === chosenId) ?? start
  const soldOut = !choices.some(inStock)
  const origin = product.origin ? countryName(product.origin, locale) : null
  return (
    <Sections sections={sections}>
    <article className="fs-product">
      <span className="fs-picture">
        {product.picture && <img src={product.picture} alt={product.title} width={800} height={800} {...{ fetchpriority: "high" }} />}
        {soldOut && <em>{t("product.soldOut")}</em>}
      </span>
      <div>
        <div className="fs-panel">
          {chosen?.price != null && <Price amount={chosen.price} original={chosen.original} size="large" />}
          <h1>{product.title}</h1>
          {product.subtitle && <p>{product.subtitle}</p>}
          <ul className="fs-facts">
            {origin && <li>{t("product.origin", { country: origin })}</li>}
            {chosen && <li>{stockWords(t, chosen.stock)}</li>}
            <li>{t("product.payOnDelivery")}</li>
          </ul>
          <div className="fs-keep"><Heart product_id={product.id} kept={kept} /><Share handle={reviewed.handle} url={address} title={product.title} soldOut={soldOut} /></div>
          <Slot name="product.below-price" loaded={belowPrice} product_id={product.id} />
        </div>
        <Form method="post" className="fs-panel">
          {problem && "problem" in problem && <p className="fs-notice" role="alert">{t(`problem.${problem.problem}`)}</p>}
          <fieldset className="fs-options">
            <legend>{product.option || t("product.choose")}</legend>
            <div className="fs-choices">
              {choices.map((choice) => (
                <label key={choice.id} className="fs-choice">
                  <input type="radio" name="variant_id" value={choice.id} defaultChecked={choice.id === start?.id} disabled={!inStock(choice)} onChange={() => choose(choice.id)} />
                  <span>{choice.title}{choice.price !== null && choices.length > 1 && <b>{money(choice.price)}</b>}</span>
                </label>
              ))}
            </div>
          </fieldset>
          <input type="hidden" name="quantity" value="1" />
          <div className="fs-buy">
            <button className="fs-button is-quiet" name="intent" value="add" disabled={soldOut || busy}>{soldOut ? t("product.soldOut") : t("product.add")}</button>
            <button className="fs-button" name="intent" value="buy" disabled={soldOut || busy}>{t("product.buy")}</button>
          </div>
        </Form>
        {product.description && (
          <section className="fs-panel">
            <h2>{t("product.details")}</h2>
            <p className="fs-description">{product.description}</p>
          </section>
        )}
        <ProductReviews {...reviewed} />
      </div>
    </article>
    </Sections>
  )
}

function stockWords(t: (key: string, values?: Record<string, unknown>) => string, stock: number | null): string {
  if (stock === null) return t("product.bookable")
  if (stock === 0) return t("product.soldOut")
  return stock <= MOST_SHOWN_STOCK ? t("product.left", { count: stock }) : t("product.inStock")
}
