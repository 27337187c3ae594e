import type { LocalizedText } from "@fangshi/contracts"
import { type SectionProps, useMoney, useShop, useTheme, useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"

/** Products that cost less than they did, in a row to push along; nothing where none does. */
export function DealStrip({ settings: { heading, text }, data, first }: SectionProps<{ heading: LocalizedText; text: LocalizedText }>) {
  const { t } = useTranslation()
  const { locale } = useShop()
  const { Price } = useTheme()
  const money = useMoney()
  const tiles = data.tiles ?? []
  if (tiles.length === 0) return null
  return (
    <section className="mk-deals">
      <div className="mk-deals-head">
        <h2>{heading[locale]}</h2>
        <p>{text[locale]}</p>
      </div>
      <ul tabIndex={0} aria-label={heading[locale]}>
        {tiles.map(({ handle, title, picture, price, original_price, from }, i) => (
          <li key={handle}>
            <Link to={`/p/${handle}`} prefetch="intent">
              <span className="fs-picture">
                {picture && <img src={picture} alt="" width={300} height={300} loading={first && i < 2 ? "eager" : "lazy"} {...(first && i < 2 ? { fetchpriority: "high" } : {})} />}
                <span className="mk-sticker">{t("market.saves", { amount: money((original_price ?? 0) - (price ?? 0)).replace(/\.00$/, "") })}</span>
              </span>
              <h3>{title}</h3>
              {price !== null && <Price amount={price} original={original_price} from={from} />}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
