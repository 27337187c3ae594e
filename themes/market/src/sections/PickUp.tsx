import type { LocalizedText } from "@fangshi/contracts"
import { type SectionProps, useShop } from "@fangshi/storefront-kit"
import { BasketIcon, PinIcon, PurseIcon } from "../Icons"

type PickUpSettings = { heading: LocalizedText; first: LocalizedText; second: LocalizedText; third: LocalizedText }

/** How buying works here, in three steps on a footpath. */
export function PickUp({ settings: { heading, ...steps } }: SectionProps<PickUpSettings>) {
  const { locale } = useShop()
  return (
    <section className="mk-steps">
      <h2>{heading[locale]}</h2>
      <ol>
        <li><BasketIcon /><span>{steps.first[locale]}</span></li>
        <li><PinIcon /><span>{steps.second[locale]}</span></li>
        <li><PurseIcon /><span>{steps.third[locale]}</span></li>
      </ol>
    </section>
  )
}
