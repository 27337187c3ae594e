import type { LocalizedText } from "@fangshi/contracts"
import { Phrases, type SectionProps, SmartLink, useShop, useTranslation } from "@fangshi/storefront-kit"

type StallHeroSettings = { heading: LocalizedText; text: LocalizedText; button: LocalizedText; link: string; image: string }

const fill = (token: string) => `var(--fs-${token})`

/** The slogan beside a full basket. */
export function StallHero({ settings: { heading, text, button, link, image } }: SectionProps<StallHeroSettings>) {
  const { t } = useTranslation()
  const { brand, name, locale } = useShop()
  return (
    <section className={`fs-hero-banner mk-hero${image ? " has-picture" : ""}`}>
      {image ? <img className="fs-hero-art" src={image} alt="" width={1200} height={400} {...{ fetchpriority: "high" }} /> : <Basket />}
      <div>
        <h1><Phrases text={heading[locale] || brand.slogan[locale]} /></h1>
        <p>{text[locale] || t("market.welcome", { shop: name[locale] })}</p>
        {button[locale] && link && <SmartLink to={link} className="fs-button">{button[locale]}</SmartLink>}
      </div>
    </section>
  )
}

function Basket() {
  return (
    <svg className="mk-basket" viewBox="0 0 320 260" width="320" height="260" aria-hidden="true">
      <g fill={fill("yolk")} opacity=".5"><circle cx="168" cy="118" r="104" /><path d="M160 2h16l-3 22h-10ZM268 52l11 11-19 14-6-6ZM57 63l11-11 14 19-6 6ZM284 112v16l-22-3v-10ZM30 128v-16l22 3v10Z" /></g>
      <g>
        <path d="M92 150C64 122 52 84 64 48c22 10 34 30 38 54 0-28 8-50 26-66 16 22 20 46 14 72 8-18 20-30 38-36 4 34-8 62-40 80Z" fill={fill("leaf")} />
        <path d="M112 152C104 116 108 84 124 52M108 150C92 120 82 96 74 66M118 150c10-26 24-44 44-60" stroke={fill("leaf-deep")} strokeWidth="5" fill="none" strokeLinecap="round" />
        <path d="M196 160 232 40q5-10 14-4t4 15l-26 116Z" fill={fill("carrot")} />
        <path d="M240 40c-6-16-2-28 6-36 4 10 4 22 0 34 6-12 16-18 28-18-2 14-12 22-26 24Z" fill={fill("leaf-deep")} />
        <path d="M214 110l14 4M222 82l12 4" stroke={fill("wood")} strokeWidth="4" strokeLinecap="round" opacity=".6" />
        <circle cx="196" cy="132" r="36" fill={fill("tomato")} />
        <path d="M196 98c-4-8-12-8-18-4 6 2 10 6 16 10-4 4-4 10-2 14 4-4 6-8 8-14 6 4 12 4 18 0-6-4-12-6-18-6 2-6 0-10-4-14Z" fill={fill("leaf-deep")} />
        <path d="M172 126c2-8 6-12 12-14" stroke={fill("cream")} strokeWidth="6" fill="none" strokeLinecap="round" opacity=".8" />
        <ellipse cx="92" cy="146" rx="30" ry="36" fill={fill("plum")} transform="rotate(-24 92 146)" />
        <path d="M76 108c4-8 12-8 20-4l6 14-20 4Z" fill={fill("leaf-deep")} />
        <ellipse cx="140" cy="150" rx="26" ry="32" fill={fill("cream")} />
        <ellipse cx="250" cy="150" rx="24" ry="30" fill={fill("shell")} transform="rotate(14 250 150)" />
      </g>
      <path d="M40 156h256l-24 84q-3 12-16 12H80q-13 0-16-12Z" fill={fill("wood")} />
      <path d="M50 184h236M58 210h220M66 234h204" stroke={fill("wood-deep")} strokeWidth="5" strokeDasharray="22 10" opacity=".55" />
      <path d="M62 216h216" stroke={fill("yolk")} strokeWidth="4" strokeDasharray="12 20" opacity=".5" />
      <rect x="30" y="146" width="276" height="22" rx="11" fill={fill("wood-deep")} />
      <g transform="rotate(-7 168 208)"><path d="M128 186h80v44h-80Z" fill={fill("cream")} /><circle cx="168" cy="208" r="12" fill={fill("tomato")} /><path d="M136 208h14M186 208h14" stroke={fill("wood")} strokeWidth="4" strokeLinecap="round" /></g>
    </svg>
  )
}
