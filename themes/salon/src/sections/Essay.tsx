import type { LocalizedText } from "@fangshi/contracts"
import { type SectionProps, paragraphs, useShop } from "@fangshi/storefront-kit"

type EssaySettings = { heading: LocalizedText; body: LocalizedText; image: string; side: "left" | "right" }

/** Text to be read, beside a large picture; nothing where nothing was written. */
export function Essay({ settings: { heading, body, image, side } }: SectionProps<EssaySettings>) {
  const { locale } = useShop()
  if (!heading[locale] && !body[locale] && !image) return null
  return (
    <section className={`fs-section sl-essay is-${side}`}>
      {image && <span className="fs-picture"><img src={image} alt="" width={800} height={1000} loading="lazy" /></span>}
      <div>
        {heading[locale] && <h2>{heading[locale]}</h2>}
        {paragraphs(body[locale]).map((text, i) => <p key={i}>{text}</p>)}
      </div>
    </section>
  )
}
