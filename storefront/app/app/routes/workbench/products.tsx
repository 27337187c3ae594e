import { useMoney, useTranslation } from "@fangshi/storefront-kit"
import { type ActionFunctionArgs, Form, Link, type LoaderFunctionArgs, data, redirect, useActionData, useLoaderData, useNavigation } from "react-router"
import { formOf } from "../../form.server"
import { ProblemNote } from "../../workbench/ProblemNote"
import { type DeskProduct, fenOf } from "../../workbench/desk"
import { act, problemOf, read } from "../../workbench/desk.server"

export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url)
  const q = (searchParams.get("q") ?? "").trim().slice(0, 60)
  const page = Math.min(1_000, Math.max(1, Number.parseInt(searchParams.get("page") ?? "1", 10) || 1))
  return { q, page, ...(await read<{ products: DeskProduct[]; more: boolean }>(request, shop, `products?q=${encodeURIComponent(q)}&page=${page}`)) }
}

export async function action({ request, context: { shop } }: ActionFunctionArgs) {
  const form = await formOf(request)
  const id = String(form.get("variant_id") ?? "").slice(0, 80)
  const at = `variants/${encodeURIComponent(id)}`
  const wrong = () => data({ variant_id: id, problem: problemOf("REQUEST_INVALID") }, { status: 422 })
  let done: Awaited<ReturnType<typeof act>>
  if (form.get("what") === "price") {
    const price_amount = fenOf(form.get("price"))
    const seen = form.get("seen")
    if (price_amount === null) return wrong()
    done = await act(request, shop, `${at}/price`, { price_amount, seen_amount: seen ? Number(seen) : null })
  } else {
    const change = Number(form.get("change"))
    if (!Number.isInteger(change) || change === 0) return wrong()
    done = await act(request, shop, `${at}/stock`, { change })
  }
  return done.problem ? data({ variant_id: id, problem: done.problem }, { status: 409 }) : redirect(new URL(request.url).pathname + new URL(request.url).search)
}

export default function Products() {
  const { t } = useTranslation()
  const { q, page, products, more } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const to = (next: number) => `?${new URLSearchParams({ ...(q ? { q } : {}), page: String(next) })}`
  return (
    <>
      <Form method="get" role="search" className="wb-search">
        <input type="search" name="q" defaultValue={q} aria-label={t("products.search")} placeholder={t("products.search")} maxLength={60} />
        <button className="wb-button">{t("products.find")}</button>
      </Form>
      <p><Link className="wb-button is-quiet" to="/workbench/products/new">{t("product.add")}</Link></p>
      {products.length === 0 ? <p className="wb-empty">{t("products.empty")}</p> : (
        <ul className="wb-list">{products.map((product) => <ProductRow key={product.variant_id} product={product} problem={result?.variant_id === product.variant_id ? result.problem : null} />)}</ul>
      )}
      <p className="wb-buttons">
        {page > 1 && <Link className="wb-button is-quiet" to={to(page - 1)}>{t("orders.previous")}</Link>}
        {more && <Link className="wb-button is-quiet" to={to(page + 1)}>{t("orders.next")}</Link>}
      </p>
    </>
  )
}

function ProductRow({ product, problem }: { product: DeskProduct; problem: React.ComponentProps<typeof ProblemNote>["problem"] }) {
  const { t } = useTranslation()
  const money = useMoney()
  const busy = useNavigation().state !== "idle"
  const { product_id, variant_id, title, variant_title, thumbnail, status, stocked, left, price_amount } = product
  return (
    <li className="wb-card">
      <p className="wb-product">
        {thumbnail ? <img src={thumbnail} alt="" width={56} height={56} loading="lazy" /> : <span className="wb-no-picture" />}
        <Link to={`/workbench/products/${product_id}`}><b>{title}</b><small>{variant_title}</small>{status !== "published" && <small className="wb-tag">{t("product.hidden")}</small>}</Link>
        {price_amount !== null && <b className="wb-money">{money(price_amount / 100)}</b>}
      </p>
      <ProblemNote problem={problem} />
      {left !== null && (
        <Form method="post" className="wb-quick" key={`stock${stocked}`}>
          <input type="hidden" name="variant_id" value={variant_id} />
          <span className={left <= 5 ? "is-warning" : undefined}>{t("products.left", { left, stocked })}</span>
          <button name="change" value="-1" aria-label={t("products.less")} disabled={busy || left < 1}>−1</button>
          <button name="change" value="1" aria-label={t("products.more")} disabled={busy}>+1</button>
          <button name="change" value="10" aria-label={t("products.muchMore")} disabled={busy}>+10</button>
        </Form>
      )}
      {price_amount !== null && (
        <Form method="post" className="wb-quick" key={`price${price_amount}`}>
          <input type="hidden" name="variant_id" value={variant_id} />
          <input type="hidden" name="seen" value={price_amount} />
          <label>{t("products.price")}<input name="price" inputMode="decimal" pattern="\d+(\.\d{1,2})?" defaultValue={(price_amount / 100).toFixed(2)} maxLength={10} required /></label>
          <button name="what" value="price" disabled={busy}>{t("products.save")}</button>
        </Form>
      )}
    </li>
  )
}
