import { type Locale, type ShopContext, productSpecifications } from "@fangshi/contracts"
import { Slot, countryName, useTheme, useTranslation } from "@fangshi/storefront-kit"
import { useState } from "react"
import { type ActionFunctionArgs, Form, type LoaderFunctionArgs, data, redirect, useActionData, useLoaderData, useNavigation } from "react-router"
import { Heart } from "../Heart"
import { Specifications } from "../Specifications"
import { VariantPicker } from "../VariantPicker"
import { addToCart } from "../cart.server"
import { readMemberToken } from "../cookies"
import { Sections } from "../Sections"
import { formOf } from "../form.server"
import { localeOf } from "../locale.server"
import { askMembers } from "../member.server"
import { loadMerchant } from "../merchant.server"
import { loadPage } from "../page.server"
import { type Choice, choicesOf, chosenVariant, isInStock } from "../product-choices"
import { loadSlots } from "../slots.server"
import { FIRST_REVIEWS, ProductReviews, reviewData } from "../reviews/ProductReviews"
import { loadReviews } from "../reviews/reviews.server"
import { Share } from "../share/Share"
import { metaOfLoader } from "../share/meta"
import { productAddress, shareMeta } from "../share/share-meta.server"
import { originalPrice, shopApi, shopFrame } from "../shop-api.server"

const MOST_SHOWN_STOCK = 10
const FIELDS = "id,title,subtitle,description,handle,thumbnail,origin_country,material,weight,+metadata,*variants,*variants.calculated_price,+variants.inventory_quantity,*variants.options,*options,*options.values"

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { shop } = context
  const locale = await localeOf(request, shop)
  const product = await findProduct(shop, locale, params.handle ?? "")
  const { choices, rows } = choicesOf(product, originalPrice)
  const [{ sections }, kept, belowPrice, { summary, reviews }, merchant] = await Promise.all([
    loadPage(request, shop, locale, "product"),
    isFavourite(request, shop, locale, product.id),
    loadSlots(context, locale, "product.below-price", { product_id: product.id }),
    loadReviews(shop, locale, product.id, { limit: FIRST_REVIEWS }),
    loadMerchant(shop, locale, product.id),
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
    product: { id: product.id, merchant, title: product.title, subtitle: product.subtitle, description: product.description, picture: product.thumbnail, origin: product.origin_country, material: product.material, weight: product.weight, specifications: specificationsIn(product.metadata, locale) },
    choices,
    rows,
    locale,
  }
}

/** Throws 404. */
async function findProduct(shop: ShopContext, locale: Locale, handle: string) {
  const frame = await shopFrame(shop, locale)
  const { products } = await shopApi(shop, locale).store.product.list({ handle, region_id: frame.region_id, limit: 1, fields: FIELDS })
  if (!products[0]) throw new Response("no such product", { status: 404 })
  return products[0]
}

/** What the shop wrote of the product, in the visitor's language. */
const specificationsIn = (metadata: Record<string, unknown> | null | undefined, locale: Locale): [string, string][] => {
  const written = productSpecifications.safeParse(metadata?.specifications)
  return written.success ? written.data.map(({ name, value }) => [name[locale], value[locale]]) : []
}

/** What is chosen to begin with, and what a link to the product names the price of. */
const startOf = (choices: Choice[]) => choices.find(isInStock) ?? choices[0]

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

export async function action({ request, params, context: { shop } }: ActionFunctionArgs) {
  const form = await formOf(request)
  const locale = await localeOf(request, shop)
  const { choices } = choicesOf(await findProduct(shop, locale, params.handle ?? ""), originalPrice)
  const variant = chosenVariant(form, choices)
  if (!variant) return data({ problem: "combination" as const }, { status: 409 })
  const result = await addToCart(request, shop, locale, variant.id, Number(form.get("quantity") ?? 1))
  if ("problem" in result) return data(result, { status: 409 })
  return redirect(form.get("intent") === "buy" ? "/checkout" : "/cart", { headers: result.headers })
}

export const handle = { buyBar: true }

export const meta = metaOfLoader

export default function Product() {
  const { t } = useTranslation()
  const { sections, kept, belowPrice, reviewed, address, product, choices, rows, locale } = useLoaderData<typeof loader>()
  const problem = useActionData<typeof action>()
  const busy = useNavigation().state !== "idle"
  const { Price } = useTheme()
  const start = startOf(choices)
  const [picked, select] = useState(start?.values ?? {})
  // What was picked of the product before is no choice of this one.
  const selected = rows.every(({ id }) => id in picked) ? picked : (start?.values ?? {})
  const chosen = choices.find(({ values }) => Object.entries(values).every(([option, value]) => selected[option] === value))
  const soldOut = !choices.some(isInStock)
  const cannotBuy = !chosen || !isInStock(chosen)
  const origin = product.origin ? countryName(product.origin, locale) : null
  const specifications = [
    ...product.specifications,
    ...(origin ? [[t("product.country"), origin]] : []),
    ...(product.material ? [[t("product.material"), product.material]] : []),
    ...(product.weight ? [[t("product.weight"), t("product.grams", { grams: product.weight })]] : []),
    ...(chosen?.barcode ? [[t("product.barcode"), chosen.barcode]] : []),
  ] as [string, string][]
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
            <li>{chosen ? stockWords(t, chosen.stock) : t("problem.combination")}</li>
            <li>{t("product.payOnDelivery")}</li>
            {product.merchant && <li>{t("product.soldBy", { merchant: product.merchant })}</li>}
          </ul>
          <div className="fs-keep"><Heart product_id={product.id} kept={kept} /><Share handle={reviewed.handle} url={address} title={product.title} soldOut={soldOut} /></div>
          <Slot name="product.below-price" loaded={belowPrice} product_id={product.id} />
        </div>
        <Form method="post" className="fs-panel">
          {problem && "problem" in problem && <p className="fs-notice" role="alert">{t(`problem.${problem.problem}`)}</p>}
          <VariantPicker rows={rows} choices={choices} start={start} selected={selected} onSelect={select} />
          <input type="hidden" name="quantity" value="1" />
          <div className="fs-buy">
            <button className="fs-button is-quiet" name="intent" value="add" disabled={cannotBuy || busy}>{soldOut ? t("product.soldOut") : t("product.add")}</button>
            <button className="fs-button" name="intent" value="buy" disabled={cannotBuy || busy}>{t("product.buy")}</button>
          </div>
        </Form>
        {product.description && (
          <section className="fs-panel">
            <h2>{t("product.details")}</h2>
            <p className="fs-description">{product.description}</p>
          </section>
        )}
        <Specifications rows={specifications} />
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
