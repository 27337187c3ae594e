import { ProductCard, useTranslation } from "@fangshi/storefront-kit"
import { Link, useSearchParams } from "react-router"
import { Filters } from "./Filters"
import type { ShownList } from "./catalogue.server"
import { SORTS } from "./list-order"

/** A list of products with sorting, filters and pages; says so when there is nothing. */
export function ProductList({ title, tiles, count, facets, asked, sort, page, pages }: ShownList & { title: string }) {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const to = (changes: Record<string, string>) => {
    const address = new URLSearchParams(params)
    for (const [key, value] of Object.entries(changes)) address.set(key, value)
    return `?${address}`
  }
  return (
    <section>
      <h1 className="fs-title">{title}</h1>
      <nav className="fs-sort" aria-label={t("list.sort")}>
        {SORTS.map((key) => (
          <Link key={key} to={to({ sort: key, page: "1" })} aria-current={key === sort || undefined} preventScrollReset>{t(`list.${key}`)}</Link>
        ))}
      </nav>
      <Filters facets={facets} asked={asked} count={count} />
      {tiles.length === 0 ? (
        <div className="fs-empty">
          <h2>{t("list.empty")}</h2>
          <Link to="/" className="fs-button">{t("error.home")}</Link>
        </div>
      ) : (
        <div className="fs-grid">
          {tiles.map((tile, i) => <ProductCard key={tile.handle} product={tile} first={i === 0} />)}
        </div>
      )}
      {pages > 1 && (
        <nav className="fs-pages" aria-label={t("list.pages")}>
          {page > 1 && <Link className="fs-button is-quiet" rel="prev" to={to({ page: String(page - 1) })}>{t("list.previous")}</Link>}
          <span>{page} / {pages}</span>
          {page < pages && <Link className="fs-button is-quiet" rel="next" to={to({ page: String(page + 1) })}>{t("list.next")}</Link>}
        </nav>
      )}
    </section>
  )
}
