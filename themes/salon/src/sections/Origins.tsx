import type { LocalizedText } from "@fangshi/contracts"
import { type ProductTile, type SectionProps, countryName, useShop, useTheme, useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"

/** Countries as headings, each with one thing that comes from there; nothing where no product tells its country. */
export function Origins({ settings: { heading, count }, data }: SectionProps<{ heading: LocalizedText; count: number }>) {
  const { t } = useTranslation()
  const { locale } = useShop()
  const { Price } = useTheme()
  const countries = firstOfEachCountry(data.tiles ?? []).slice(0, count)
  if (countries.length === 0) return null
  return (
    <section className="fs-section">
      {heading[locale] && <div className="fs-section-head"><h2>{heading[locale]}</h2></div>}
      <ul className="sl-origins">
        {countries.map(([country, tile]) => (
          <li key={country}>
            <Link to={`/p/${tile.handle}`} prefetch="intent">
              <span className="fs-picture">{tile.picture && <img src={tile.picture} alt="" width={400} height={400} loading="lazy" />}</span>
              <h3>{countryName(country, locale)}</h3>
              <p>{tile.title}</p>
              {tile.sold_out ? <small>{t("product.soldOut")}</small> : tile.price !== null && <Price amount={tile.price} from={tile.from} />}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function firstOfEachCountry(tiles: ProductTile[]): [string, ProductTile][] {
  const found = new Map<string, ProductTile>()
  for (const tile of tiles) if (tile.origin && !found.has(tile.origin)) found.set(tile.origin, tile)
  return [...found]
}
