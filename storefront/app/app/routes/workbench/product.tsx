import { type EditedProduct, MOST_PICTURE_BYTES, PRODUCT_LIMITS, may } from "@fangshi/contracts"
import { useShop, useTranslation } from "@fangshi/storefront-kit"
import { type ActionFunctionArgs, Form, Link, type LoaderFunctionArgs, data, redirect, useActionData, useLoaderData, useNavigation } from "react-router"
import { readPictureForm } from "../../pictures/pictures.server"
import { PhotoFields } from "../../workbench/PhotoFields"
import { ProblemNote } from "../../workbench/ProblemNote"
import type { Me, Problem } from "../../workbench/desk"
import { act, problemOf, read } from "../../workbench/desk.server"
import { NOTHING_TYPED, type TypedProduct, offerOf, productOf } from "../../workbench/product-form"

type Category = { id: string; name: string; name_en: string }
type Merchant = { id: string; name: string }
/** Why a photo was not taken, for the page the new product has by then. */
const PHOTO_PROBLEMS = ["PICTURE_INVALID", "PRODUCT_PICTURES_FULL"] as const

export async function loader({ request, params: { id = "" }, context: { shop } }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url)
  const [{ categories }, { me }, product] = await Promise.all([
    read<{ categories: Category[] }>(request, shop, "categories"),
    read<{ me: Me }>(request, shop, "me"),
    id === "new" ? null : read<{ product: EditedProduct }>(request, shop, `products/${encodeURIComponent(id)}`).then((answer) => answer.product),
  ])
  const photo = PHOTO_PROBLEMS.find((code) => code === searchParams.get("photo"))
  const merchants = product && !me.merchant && may(me.role, "merchants") ? (await read<{ merchants: Merchant[] }>(request, shop, "merchants")).merchants : []
  return { product, categories, merchants, key: crypto.randomUUID().replaceAll("-", "").slice(0, 16), saved: searchParams.has("saved"), photoProblem: photo ? problemOf(photo) : null }
}

type Result = { typed: TypedProduct; problem: Problem | null; wrong: "title" | "price" | "stock" | null }

/** A new product is there, unseen, before its photos come: what is wrong with a photo costs none of what was typed. */
export async function action({ request, params: { id: at = "" }, context: { shop } }: ActionFunctionArgs) {
  const form = await readPictureForm(request)
  const typed = form ? productOf(form) : { ...NOTHING_TYPED, key: "" }
  const answer = (problem: Problem | null, wrong: Result["wrong"] = null) => data<Result>({ typed, problem, wrong }, { status: 422 })
  if (!form) return answer(problemOf("PICTURE_INVALID"))
  const { title, title_en, description, description_en, category_id, merchant_id, status } = typed
  const words = { title, title_en, description, description_en, category_id }
  let id = at
  if (at === "new") {
    const offer = offerOf(typed)
    if ("wrong" in offer) return answer(null, offer.wrong)
    const { value, problem } = await act<{ product: { id: string } }>(request, shop, "products", { key: typed.key, ...words, ...offer })
    if (!value) return answer(problem)
    id = value.product.id
  } else if (!title) return answer(null, "title")
  const path = `products/${encodeURIComponent(id)}`
  const picture_ids = [...typed.picture_ids]
  let photoProblem: Problem | null = null
  for (const file of form.getAll("photos")) {
    if (typeof file === "string" || file.size === 0) continue
    // What is too large is refused with the same words as by the server, without sending it.
    const sent = await act<{ picture: { id: string } }>(request, shop, `${path}/pictures`, new Uint8Array(file.size > MOST_PICTURE_BYTES ? [] : await file.arrayBuffer()))
    if (sent.value) picture_ids.push(sent.value.picture.id)
    else photoProblem ??= sent.problem
  }
  const { problem } = await act(request, shop, path, { ...words, status, picture_ids, ...(merchant_id === undefined ? {} : { merchant_id }) })
  if (problem) return answer(problem)
  return redirect(photoProblem ? `/workbench/products/${id}?photo=${photoProblem.code}` : `/workbench/products/${id}?saved`)
}

export default function Product() {
  const { t } = useTranslation()
  const { locale } = useShop()
  const { product, categories, merchants, key, saved, photoProblem } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const busy = useNavigation().state !== "idle"
  const values = result?.typed ?? { ...NOTHING_TYPED, ...product, key }
  const isPublished = product?.status === "published"
  const wrong = (field: Result["wrong"]) => result?.wrong === field
  const mark = (field: "title" | "price" | "stock") => (wrong(field) ? { "aria-invalid": true, "aria-describedby": `${field}-error` } : {})
  const complaint = (field: "title" | "price" | "stock") => wrong(field) && <span id={`${field}-error`} className="wb-wrong">{t(`product.wrong.${field}`)}</span>
  return (
    <>
      <ProblemNote problem={result?.problem ?? photoProblem} />
      {saved && !result && <p className="wb-good" role="status">{t(isPublished ? "product.isShown" : "product.saved")}{isPublished && product && <> <Link to={`/p/${product.handle}`}>{t("product.see")}</Link></>}</p>}
      <Form method="post" encType="multipart/form-data" className="wb-panel wb-form" noValidate key={product ? `${product.id}${product.pictures.length}` : "new"}>
        <h1>{t(product ? "product.change" : "product.add")}</h1>
        <input type="hidden" name="key" value={values.key} />
        <PhotoFields pictures={product?.pictures ?? []} />
        <label>{t("product.title")}<input name="title" defaultValue={values.title} maxLength={PRODUCT_LIMITS.title} required {...mark("title")} />{complaint("title")}</label>
        {!product && (
          <>
            <label>{t("product.price")}<input name="price" inputMode="decimal" defaultValue={values.price} maxLength={12} required {...mark("price")} />{complaint("price")}</label>
            <label>{t("product.stock")}<input name="stock" inputMode="numeric" defaultValue={values.stock} maxLength={6} {...mark("stock")} />{complaint("stock")}</label>
          </>
        )}
        <label>{t("product.category")}
          <select name="category_id" defaultValue={values.category_id ?? ""}>
            <option value="">{t("product.noCategory")}</option>
            {categories.map((category) => <option key={category.id} value={category.id}>{locale === "en" ? category.name_en : category.name}</option>)}
          </select>
        </label>
        {merchants.length > 0 && (
          <label>{t("staff.merchant")}
            <select name="merchant_id" defaultValue={values.merchant_id ?? ""}><option value="">{t("product.ownShop")}</option>{merchants.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select>
          </label>
        )}
        <label>{t("product.description")}<textarea name="description" rows={4} defaultValue={values.description} maxLength={PRODUCT_LIMITS.description} /></label>
        <details open={Boolean(values.title_en || values.description_en)}>
          <summary>{t("product.english")}</summary>
          <label>{t("product.titleEn")}<input name="title_en" lang="en" defaultValue={values.title_en} maxLength={PRODUCT_LIMITS.title} /></label>
          <label>{t("product.descriptionEn")}<textarea name="description_en" lang="en" rows={4} defaultValue={values.description_en} maxLength={PRODUCT_LIMITS.description} /></label>
        </details>
        <button className="wb-button" name="status" value="published" disabled={busy}>{t(busy ? "product.sending" : isPublished ? "product.save" : "product.publish")}</button>
        <button className="wb-button is-quiet" name="status" value="draft" disabled={busy}>{t(isPublished ? "product.hide" : "product.keep")}</button>
        <Link to="/workbench/products" className="wb-link">{t("product.back")}</Link>
      </Form>
    </>
  )
}
