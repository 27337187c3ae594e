import type { LocalizedText } from "@fangshi/contracts"
import { type SectionProps, paragraphs, useShop } from "@fangshi/storefront-kit"

type RichTextSettings = { heading: LocalizedText; body: LocalizedText; image: string; centred: boolean }

/** Plain text in paragraphs, with a picture. */
export function RichText({ settings: { heading, body, image, centred } }: SectionProps<RichTextSettings>) {
  const { locale } = useShop()
  return (
    <section className={`fs-panel fs-text${centred ? " is-centred" : ""}`}>
      {heading[locale] && <h2>{heading[locale]}</h2>}
      {image && <img src={image} alt="" loading="lazy" />}
      {paragraphs(body[locale]).map((text, i) => <p key={i}>{text}</p>)}
    </section>
  )
}
