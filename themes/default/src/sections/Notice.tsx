import type { LocalizedText } from "@fangshi/contracts"
import { type SectionProps, SmartLink, useShop } from "@fangshi/storefront-kit"

/** One line that everybody should see; nothing where nothing was written. */
export function Notice({ settings: { text, link } }: SectionProps<{ text: LocalizedText; link: string }>) {
  const { locale } = useShop()
  if (!text[locale]) return null
  return <p className="fs-announce" role="note">{link ? <SmartLink to={link}>{text[locale]} ›</SmartLink> : text[locale]}</p>
}
