import type { LocalizedText } from "@fangshi/contracts"
import { type SectionProps, useShop, useTheme, useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"
import { categoryDrawing } from "../Icons"

/** One stall a category: its sign, and the first goods on its counter. */
export function Stalls({ settings: { heading }, data }: SectionProps<{ heading: LocalizedText }>) {
  const { t } = useTranslation()
  const { locale } = useShop()
  const { Price } = useTheme()
  const rows = (data.rows ?? []).filter(({ tiles }) => tiles.length > 0)
  if (rows.length === 0) return null
  return (
    <section className="fs-section">
      {heading[locale] && <div className="fs-section-head"><h2>{heading[locale]}</h2></div>}
      <div className="mk-stalls">
        {rows.map(({ category, tiles }, i) => (
          <section key={category.handle} className={`mk-stall is-${i % 5}`}>
            <h3>
              <Link to={`/c/${category.handle}`}>
                {categoryDrawing(category.handle)}
                <span>{category.name}</span>
                <small>{t("market.all")} ›</small>
              </Link>
            </h3>
            <ul>
              {tiles.map(({ handle, title, picture, price, from, sold_out }) => (
                <li key={handle} className={sold_out ? "is-sold-out" : undefined}>
                  <Link to={`/p/${handle}`} prefetch="intent">
                    <span className="fs-picture">
                      {picture && <img src={picture} alt="" width={240} height={240} loading="lazy" />}
                      {sold_out && <em>{t("product.soldOut")}</em>}
                    </span>
                    <span className="mk-stall-title">{title}</span>
                    {price !== null && <Price amount={price} from={from} />}
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
