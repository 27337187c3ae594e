import type { LocalizedText } from "@fangshi/contracts"
import { Phrases, type SectionProps, SmartLink, countryName, useShop, useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"

type FrontispieceSettings = { heading: LocalizedText; text: LocalizedText; button: LocalizedText; link: string; image: string }

/** The slogan set from top to bottom where Chinese is read, beside one large picture with its caption. */
export function Frontispiece({ settings: { heading, text, button, link, image }, data }: SectionProps<FrontispieceSettings>) {
  const { t } = useTranslation()
  const { brand, name, locale } = useShop()
  const tile = data.tiles?.[0]
  const picture = image || tile?.picture
  const [words, line] = [heading[locale] || brand.slogan[locale], text[locale] || t("salon.welcome", { shop: name[locale] })]
  // More would run out of the column, or be a page to read with the head on one side.
  const upright = locale === "zh-CN" && words.length <= 26 && line.length <= 24
  return (
    <section className="fs-hero-banner sl-front">
      <div className={`sl-front-words${upright ? " is-upright" : ""}`}>
        <h1><Phrases text={words} /></h1>
        <p>{line}</p>
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
