import { ProductCard, type SectionProps, useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"

/** A chapter for each category: its number and name, one large picture, two small ones. */
export function Chapters({ data }: SectionProps) {
  const { t } = useTranslation()
  return (
    <>
      {(data.rows ?? []).filter(({ tiles }) => tiles.length > 0).map(({ category, tiles }, i) => (
        <section key={category.handle} className="fs-section sl-chapter">
          <div className="sl-chapter-head">
            <span aria-hidden="true">{String(i + 1).padStart(2, "0")}</span>
            <h2>{category.name}</h2>
            <Link to={`/c/${category.handle}`} className="sl-more" aria-label={`${category.name} ${t("salon.all")}`}>{t("salon.all")}</Link>
          </div>
          <div className="sl-plates">{tiles.map((tile) => <ProductCard key={tile.handle} product={tile} />)}</div>
        </section>
      ))}
    </>
  )
}
