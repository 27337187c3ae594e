import type { LocalizedText } from "@fangshi/contracts"
import { type SectionProps, useShop, useTheme, useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"
import { shownCategory } from "./shown-category"

/** Rooms as wide lit windows, the first the largest; nothing where there are none. */
export function Rooms({ settings, data, first }: SectionProps<{ heading: LocalizedText; category: string }>) {
  const { t } = useTranslation()
  const { locale } = useShop()
  const { Price } = useTheme()
  const { tiles, name, handle } = shownCategory(settings, data)
  if (tiles.length === 0) return null
  const heading = settings.heading[locale] || name
  return (
    <section className="fs-section nt-rooms">
      <div className="fs-section-head">
        <h2>{heading}</h2>
        {handle && <Link to={`/c/${handle}`} aria-label={`${heading} ${t("night.all")}`}>{t("night.all")} ›</Link>}
      </div>
      <ul>
        {tiles.map((tile, i) => (
          <li key={tile.handle} className={`fs-card${tile.sold_out ? " is-sold-out" : ""}`}>
            <Link to={`/p/${tile.handle}`} prefetch="intent" className="nt-room">
              <span className="fs-picture">
                {tile.picture && <img src={tile.picture} alt="" width={640} height={480} loading={first && i < 2 ? "eager" : "lazy"} {...(first && i < 2 ? { fetchpriority: "high" } : {})} />}
                {tile.sold_out && <em>{t("product.soldOut")}</em>}
              </span>
              <span className="nt-room-words">
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
