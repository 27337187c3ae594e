import type { LocalizedText } from "@fangshi/contracts"
import { ProductCard, type SectionProps, useShop, useTranslation } from "@fangshi/storefront-kit"

/** Products under a heading; says so where there are none. */
export function ProductGrid({ settings: { heading }, data, first }: SectionProps<{ heading: LocalizedText }>) {
  const { t } = useTranslation()
  const { locale } = useShop()
  const tiles = data.tiles ?? []
  return (
    <section className="fs-section">
      {heading[locale] && <div className="fs-section-head"><h2>{heading[locale]}</h2></div>}
      {tiles.length === 0 ? <p className="fs-empty">{t("list.empty")}</p> : <div className="fs-grid">{tiles.map((tile, i) => <ProductCard key={tile.handle} product={tile} first={first && i < 2} />)}</div>}
    </section>
  )
}
