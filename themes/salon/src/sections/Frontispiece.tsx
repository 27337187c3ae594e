import type { LocalizedText } from "@fangshi/contracts"
import { Phrases, type SectionProps, SmartLink, countryName, useShop } from "@fangshi/storefront-kit"
import { useTranslation } from "react-i18next"
import { Link } from "react-router"

type FrontispieceSettings = { heading: LocalizedText; text: LocalizedText; button: LocalizedText; link: string; image: string }

/** The slogan set from top to bottom where Chinese is read, beside one large picture with its caption. */
export function Frontispiece({ settings: { heading, text, button, link, image }, data }: SectionProps<FrontispieceSettings>) {
  const { t } = useTranslation()
  const { brand, name, locale } = useShop()
  const tile = data.tiles?.[0]
  const picture = image || tile?.picture
  return (
    <section className="fs-hero-banner sl-front">
      <div className="sl-front-words">
        <h1><Phrases text={heading[locale] || brand.slogan[locale]} /></h1>
        <p>{text[locale] || t("salon.welcome", { shop: name[locale] })}</p>
        {button[locale] && link && <SmartLink to={link} className="fs-button is-quiet">{button[locale]}</SmartLink>}
      </div>
      {picture && (
        <figure>
          <span className="fs-picture"><img src={picture} alt="" width={800} height={800} {...{ fetchpriority: "high" }} /></span>
          {!image && tile && <figcaption><Link to={`/p/${tile.handle}`}>{tile.origin && <span className="sl-origin">{countryName(tile.origin, locale)}</span>}<span>{tile.title}</span></Link></figcaption>}
        </figure>
      )}
    </section>
  )
}
