import type { LocalizedText } from "@fangshi/contracts"
import { type SectionProps, SmartLink, useShop } from "@fangshi/storefront-kit"

type BannerSettings = { heading: LocalizedText; text: LocalizedText; image: string; link: string; tone: "accent" | "primary" | "plain" }

/** A picture or a coloured field that leads somewhere. */
export function Banner({ settings: { heading, text, image, link, tone } }: SectionProps<BannerSettings>) {
  const { locale } = useShop()
  const inside = (
    <>
      {image && <img src={image} alt="" loading="lazy" />}
      <span>{heading[locale] && <b>{heading[locale]}</b>}{text[locale] && <small>{text[locale]}</small>}</span>
    </>
  )
  if (!heading[locale] && !text[locale] && !image) return null
  return link ? <SmartLink to={link} className={`fs-banner is-${tone}`}>{inside}</SmartLink> : <div className={`fs-banner is-${tone}`}>{inside}</div>
}
