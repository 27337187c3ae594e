import { MAIN_SECTION } from "@fangshi/contracts"
import { type ShownSection, Slot, type SlotData, useTheme } from "@fangshi/storefront-kit"
import { Fragment, type ReactNode } from "react"

/** The sections of a page in order; `children` is the page's own content and stands where the tenant put it. */
export function Sections({ sections, children, belowHero }: { sections: ShownSection[]; children?: ReactNode; belowHero?: SlotData }) {
  const theme = useTheme()
  return sections.map(({ id, type, settings, data }, i) => {
    const Section = theme.sections[type]
    return (
      <Fragment key={id}>
        {type === MAIN_SECTION ? children : Section && <Section id={id} settings={settings} data={data} first={i < 3} />}
        {belowHero && i === 0 && <Slot name="home.below-hero" loaded={belowHero} />}
      </Fragment>
    )
  })
}
