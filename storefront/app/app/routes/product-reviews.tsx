import { useTranslation } from "@fangshi/storefront-kit"
import { STARS } from "@fangshi/contracts"
import { Link, type LoaderFunctionArgs, useLoaderData } from "react-router"
import { localeOf } from "../locale.server"
import { pageOf } from "../list-order"
import { PublicReviewItem } from "../reviews/ReviewItem"
import { StarRow } from "../reviews/Stars"
import { loadReviews } from "../reviews/reviews.server"
import { shopApi } from "../shop-api.server"

const PAGE = 10

export async function loader({ request, params, context: { shop } }: LoaderFunctionArgs) {
  const locale = await localeOf(request, shop)
  const { searchParams } = new URL(request.url)
  const { products } = await shopApi(shop, locale).store.product.list({ handle: params.handle ?? "", limit: 1, fields: "id,title,handle" })
  const product = products[0]
  if (!product) throw new Response("no such product", { status: 404 })
  const stars = STARS.find((each) => String(each) === searchParams.get("stars")) ?? null
  const pictures = searchParams.get("pictures") === "1"
  const page = pageOf(searchParams.get("page"))
  const found = await loadReviews(shop, locale, product.id, { page, limit: PAGE, ...(stars ? { stars } : {}), ...(pictures ? { with_pictures: true } : {}) })
  return { ...found, title: product.title, handle: product.handle, stars, pictures, page, pages: Math.max(1, Math.ceil(found.count / PAGE)) }
}

export const meta = ({ data: page }: { data: Awaited<ReturnType<typeof loader>> | undefined }) => (page ? [{ title: page.title }] : [])

export default function ProductReviewPage() {
  const { t } = useTranslation()
  const { summary, reviews, title, handle, stars, pictures, page, pages } = useLoaderData<typeof loader>()
  const filters = [
    { key: "all", to: "?", label: t("reviews.filter.all"), count: summary.count, on: !stars && !pictures },
    { key: "pictures", to: "?pictures=1", label: t("reviews.filter.pictures"), count: summary.with_pictures, on: pictures },
    ...[...STARS].reverse().map((each) => ({ key: String(each), to: `?stars=${each}`, label: t("reviews.filter.stars", { stars: each }), count: summary.stars[each], on: stars === each })),
  ]
  const to = (next: number) => `?${new URLSearchParams({ ...(stars ? { stars: String(stars) } : {}), ...(pictures ? { pictures: "1" } : {}), page: String(next) })}`
  return (
    <section className="fs-narrow">
      <p><Link className="fs-link" to={`/p/${handle}`}>‹ {title}</Link></p>
      <h1 className="fs-title">{t("reviews.title")}</h1>
      {summary.average !== null && <p className="fs-review-figure"><b>{summary.average.toFixed(1)}</b><StarRow stars={summary.average} /></p>}
      <nav className="fs-sort" aria-label={t("reviews.filter.label")}>
        {filters.map((filter) => <Link key={filter.key} to={filter.to} aria-current={filter.on || undefined} preventScrollReset>{filter.label} {filter.count}</Link>)}
      </nav>
      {reviews.length === 0 ? <p className="fs-empty">{t(summary.count ? "reviews.noneLikeThis" : "reviews.none")}</p> : <ul className="fs-panel fs-reviews">{reviews.map((review) => <PublicReviewItem key={review.id} review={review} />)}</ul>}
      {pages > 1 && (
        <nav className="fs-pages" aria-label={t("list.pages")}>
          {page > 1 && <Link className="fs-button is-quiet" rel="prev" to={to(page - 1)}>{t("list.previous")}</Link>}
          <span>{page} / {pages}</span>
          {page < pages && <Link className="fs-button is-quiet" rel="next" to={to(page + 1)}>{t("list.next")}</Link>}
        </nav>
      )}
    </section>
  )
}
