import type { LocalizedText } from "@fangshi/contracts"
import { type SectionProps, SmartLink, useShop, useTranslation } from "@fangshi/storefront-kit"

export type HeroSettings = { heading: LocalizedText; text: LocalizedText; button: LocalizedText; link: string; image: string }

/** The shop's slogan on its own colours, or on a picture. */
export function Hero({ settings }: SectionProps<HeroSettings>) {
  const { t } = useTranslation()
  const { brand, name, locale } = useShop()
  const { heading, text, button, link, image } = settings
  return (
    <section className="fs-hero-banner">
      {image ? (
        <img className="fs-hero-art" src={image} alt="" {...{ fetchpriority: "high" }} />
      ) : (
        <svg className="fs-hero-art" viewBox="0 0 400 200" preserveAspectRatio="xMaxYMid slice" aria-hidden="true">
          <circle cx="330" cy="60" r="120" fill="#fff" opacity=".08" />
          <circle cx="380" cy="160" r="90" fill="var(--fs-accent)" opacity=".45" />
          <path d="M220 200c30-50 70-50 100-20s60 20 90-20v60H200z" fill="#fff" opacity=".12" />
        </svg>
      )}
      <h1>{heading[locale] || brand.slogan[locale]}</h1>
      <p>{text[locale] || t("hero.welcome", { shop: name[locale] })}</p>
      {button[locale] && link && <SmartLink to={link} className="fs-button is-light">{button[locale]}</SmartLink>}
    </section>
  )
}
