import type { LocalizedText } from "@fangshi/contracts"
import { type SectionProps, useShop } from "@fangshi/storefront-kit"

type PrinciplesSettings = { heading: LocalizedText; first: LocalizedText; second: LocalizedText; third: LocalizedText }

/** Three sentences between hairlines. */
export function Principles({ settings: { heading, first, second, third } }: SectionProps<PrinciplesSettings>) {
  const { locale } = useShop()
  const sentences = [first[locale], second[locale], third[locale]].filter(Boolean)
  if (sentences.length === 0) return null
  return (
    <section className="fs-section sl-principles">
      {heading[locale] && <h2>{heading[locale]}</h2>}
      <ol>{sentences.map((sentence, i) => <li key={i}>{sentence}</li>)}</ol>
    </section>
  )
}
