import type { LocalizedText } from "@fangshi/contracts"
import { type SectionProps, useShop, useTheme, useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"
import { shownCategory } from "./shown-category"

/** Packages as tickets for the night, with a torn edge between what it is and what it costs. */
export function Packages({ settings, data }: SectionProps<{ heading: LocalizedText; category: string }>) {
  const { t } = useTranslation()
  const { locale } = useShop()
  const { Price } = useTheme()
  const { tiles, name, handle } = shownCategory(settings, data)
  if (tiles.length === 0) return null
  const heading = settings.heading[locale] || name
  return (
    <section className="fs-section">
      <div className="fs-section-head">
        <h2>{heading}</h2>
        {handle && <Link to={`/c/${handle}`} aria-label={`${heading} ${t("night.all")}`}>{t("night.all")} ›</Link>}
      </div>
      <ul className="nt-tickets">
        {tiles.map((tile) => (
          <li key={tile.handle} className={`fs-card${tile.sold_out ? " is-sold-out" : ""}`}>
            <Link to={`/p/${tile.handle}`} prefetch="intent" className="nt-ticket">
              <span className="fs-picture">
                {tile.picture && <img src={tile.picture} alt="" width={240} height={240} loading="lazy" />}
                {tile.sold_out && <em>{t("product.soldOut")}</em>}
              </span>
              <span className="nt-ticket-words">
                <strong>{tile.title}</strong>
                {tile.subtitle && <small>{tile.subtitle}</small>}
                {tile.price !== null && <Price amount={tile.price} original={tile.original_price} from={tile.from} />}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
