import type { ProductTile } from "@fangshi/storefront-kit"
import { useTheme } from "@fangshi/storefront-kit"
import { useTranslation } from "react-i18next"
import { Link, useSearchParams } from "react-router"
import { SORTS, type Sort, isSort } from "./list-order"

export const PAGE_SIZE = 24

export const sortOf = (value: string | null): Sort => (isSort(value) ? value : "oldest")
export const pageOf = (value: string | null): number => Math.min(1_000, Math.max(1, Number.parseInt(value ?? "1", 10) || 1))

/** A list of products with sorting and pages; says so when there is nothing. */
export function ProductList({ title, tiles, count, sort, page }: { title: string; tiles: ProductTile[]; count: number; sort: Sort; page: number }) {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const { ProductCard } = useTheme()
  const pages = Math.ceil(count / PAGE_SIZE)
  const to = (changes: Record<string, string>) => `?${new URLSearchParams({ ...Object.fromEntries(params), ...changes })}`
  return (
    <section>
      <h1 className="fs-title">{title}</h1>
      <nav className="fs-sort" aria-label={t("list.sort")}>
        {(Object.keys(SORTS) as Sort[]).map((key) => (
          <Link key={key} to={to({ sort: key, page: "1" })} aria-current={key === sort || undefined} preventScrollReset>{t(`list.${key}`)}</Link>
        ))}
      </nav>
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
