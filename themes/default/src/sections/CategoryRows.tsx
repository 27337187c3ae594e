import { ProductCard, type SectionProps, useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"

/** For each of the first categories, its first products. */
export function CategoryRows({ data }: SectionProps) {
  const { t } = useTranslation()
  return (
    <>
      {(data.rows ?? []).filter(({ tiles }) => tiles.length > 0).map(({ category, tiles }) => (
        <section key={category.handle} className="fs-section">
          <div className="fs-section-head">
            <h2>{category.name}</h2>
            <Link to={`/c/${category.handle}`} aria-label={`${category.name} ${t("home.all")}`}>{t("home.all")} ›</Link>
          </div>
          <div className="fs-grid">{tiles.map((tile) => <ProductCard key={tile.handle} product={tile} />)}</div>
        </section>
      ))}
    </>
  )
}
