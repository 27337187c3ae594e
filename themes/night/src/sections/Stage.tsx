import type { LocalizedText } from "@fangshi/contracts"
import { Phrases, type SectionProps, SmartLink, useShop, useTranslation } from "@fangshi/storefront-kit"

type StageSettings = { heading: LocalizedText; text: LocalizedText; button: LocalizedText; link: string; image: string }

/** The slogan as a neon sign above a lit stage. */
export function Stage({ settings: { heading, text, button, link, image }, data }: SectionProps<StageSettings>) {
  const { t } = useTranslation()
  const { brand, name, locale } = useShop()
  const category = data.rows?.[0]?.category
  const to = link || (category ? `/c/${category.handle}` : "")
  return (
    <section className="fs-hero-banner nt-stage">
      {image ? <img className="fs-hero-art" src={image} alt="" width={1600} height={800} {...{ fetchpriority: "high" }} /> : <StageArt />}
      <div>
        <h1><Phrases text={heading[locale] || brand.slogan[locale]} /></h1>
        <p>{text[locale] || t("night.welcome", { shop: name[locale] })}</p>
        {button[locale] && to && <SmartLink to={to} className="fs-button">{button[locale]}</SmartLink>}
      </div>
    </section>
  )
}

// Widths of the houses and how high they stand, far and near; heights of the bars that the music moves.
const FAR = [90, 150, 70, 190, 110, 160, 80, 210, 130, 90, 170, 120, 200, 80, 140]
const NEAR = [60, 110, 44, 130, 84, 52, 120, 70, 96, 48, 140, 62]
const BARS = [24, 44, 70, 38, 92, 60, 110, 74, 130, 88, 118, 64, 96, 50, 80, 36, 58, 28]

function StageArt() {
  return (
    <svg className="fs-hero-art" viewBox="0 0 1440 640" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <defs>
        <linearGradient id="nt-sky" x2="0" y2="1"><stop offset="0" stopColor="var(--fs-ground)" /><stop offset=".7" stopColor="var(--fs-skyline-far)" /><stop offset="1" stopColor="var(--fs-primary)" /></linearGradient>
        <linearGradient id="nt-beam" x2="0" y2="1"><stop offset="0" stopColor="var(--fs-accent)" stopOpacity=".55" /><stop offset="1" stopColor="var(--fs-accent)" stopOpacity="0" /></linearGradient>
        <linearGradient id="nt-beam-blue" x2="0" y2="1"><stop offset="0" stopColor="var(--fs-neon-blue)" stopOpacity=".5" /><stop offset="1" stopColor="var(--fs-neon-blue)" stopOpacity="0" /></linearGradient>
        <linearGradient id="nt-bar" x2="0" y2="1"><stop offset="0" stopColor="var(--fs-neon-blue)" /><stop offset="1" stopColor="var(--fs-accent)" /></linearGradient>
        <radialGradient id="nt-moon"><stop offset="0" stopColor="var(--fs-accent)" stopOpacity=".9" /><stop offset=".5" stopColor="var(--fs-primary)" stopOpacity=".5" /><stop offset="1" stopColor="var(--fs-primary)" stopOpacity="0" /></radialGradient>
      </defs>
      <rect width="1440" height="640" fill="url(#nt-sky)" />
      <circle cx="960" cy="420" r="340" fill="url(#nt-moon)" />
      <g fill="var(--fs-ink)" opacity=".7">{[[120, 90], [260, 40], [430, 130], [610, 60], [700, 170], [1060, 70], [1180, 150], [1310, 60], [1390, 200], [60, 240]].map(([x, y]) => <circle key={x} cx={x} cy={y} r={(x ?? 0) % 3 ? 1.6 : 2.6} />)}</g>
      <g className="nt-beams"><path d="M900 -20 620 640h240Z" fill="url(#nt-beam)" /><path d="M1020 -20 1010 640h240Z" fill="url(#nt-beam-blue)" /><path d="M1150 -20 1240 640h260Z" fill="url(#nt-beam)" /><path d="M780 -20 380 640h220Z" fill="url(#nt-beam-blue)" opacity=".5" /></g>
      <g fill="var(--fs-skyline-far)">{FAR.map((height, i) => <rect key={i} x={i * 98 - 10} y={560 - height} width="92" height={height + 80} />)}</g>
      <g fill="var(--fs-price)" opacity=".55">{FAR.flatMap((height, i) => [0, 1, 2].map((row) => <rect key={`${i}-${row}`} x={i * 98 + 8 + ((i + row) % 3) * 22} y={576 - height + row * 26} width="9" height="11" />))}</g>
      <g className="nt-bars" fill="url(#nt-bar)">{BARS.map((height, i) => <rect key={i} x={742 + i * 26} y={566 - height * 1.5} width="13" height={height * 1.5} rx="6" style={{ animationDelay: `${(i * 7) % 11 * -0.13}s` }} />)}</g>
      <g transform="translate(968 330) rotate(16)">
        <path d="M-30 60H30L20 260Q0 276 -20 260Z" fill="var(--fs-skyline)" stroke="var(--fs-neon-blue)" strokeWidth="4" />
        <rect x="-40" y="38" width="80" height="30" rx="12" fill="var(--fs-skyline)" stroke="var(--fs-accent)" strokeWidth="4" />
        <circle cy="-22" r="64" fill="var(--fs-skyline)" stroke="var(--fs-accent)" strokeWidth="5" />
        <path d="M-58 -42H58M-63 -16H63M-54 10H54M-24 -82V36M0 -86V42M24 -82V36" stroke="var(--fs-accent)" strokeWidth="2.5" opacity=".7" fill="none" />
        <rect x="-7" y="90" width="14" height="34" rx="7" fill="var(--fs-neon-mint)" />
      </g>
      <g fill="none" strokeWidth="5" strokeLinecap="round" strokeLinejoin="round"><path d="M1150 330v-70l46-14v66" stroke="var(--fs-neon-blue)" /><circle cx="1138" cy="332" r="12" stroke="var(--fs-neon-blue)" /><circle cx="1184" cy="314" r="12" stroke="var(--fs-neon-blue)" /><path d="M800 296v-64" stroke="var(--fs-neon-mint)" /><circle cx="788" cy="298" r="12" stroke="var(--fs-neon-mint)" /><path d="M800 232q22 6 26 26" stroke="var(--fs-neon-mint)" /></g>
      <g fill="var(--fs-ground)">{NEAR.map((height, i) => <rect key={i} x={i * 124 - 20} y={600 - height * 0.5} width="112" height={height + 60} />)}<rect y="588" width="1440" height="60" /></g>
    </svg>
  )
}
