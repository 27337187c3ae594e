import type { LocalizedText } from "@fangshi/contracts"
import { type SectionProps, useShop, useTheme, useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"

/** A printed menu: names, dots and prices, a column for each category. */
export function BarMenu({ settings: { heading }, data }: SectionProps<{ heading: LocalizedText }>) {
  const { t } = useTranslation()
  const { locale } = useShop()
  const { Price } = useTheme()
  const rows = (data.rows ?? []).filter(({ tiles }) => tiles.length > 0)
  if (rows.length === 0) return null
  return (
    <section className="fs-section nt-menu">
      {heading[locale] && <h2>{heading[locale]}</h2>}
      <div>
        {rows.map(({ category, tiles }) => (
          <section key={category.handle}>
            <h3><Link to={`/c/${category.handle}`}>{category.name} ›</Link></h3>
            <ul>
              {tiles.map((tile) => (
                <li key={tile.handle} className={tile.sold_out ? "is-sold-out" : undefined}>
                  <Link to={`/p/${tile.handle}`} prefetch="intent">
                    <span className="fs-picture">{tile.picture && <img src={tile.picture} alt="" width={56} height={56} loading="lazy" />}</span>
                    <span className="nt-menu-name">{tile.title}</span>
                    {tile.sold_out ? <small>{t("product.soldOut")}</small> : tile.price !== null && <Price amount={tile.price} from={tile.from} />}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  )
}
