import { useTranslation } from "@fangshi/storefront-kit"
import { REPEATS } from "../../contract/campaign"

/** Whether a campaign opens the next one when it closes. */
export function RepeatField({ chosen }: { chosen: string }) {
  const { t } = useTranslation("group-buy")
  return (
    <>
      <label>{t("desk.repeats")}<select name="repeats" defaultValue={chosen} aria-describedby="gb-repeats">{REPEATS.map((each) => <option key={each} value={each}>{t(`desk.repeat.${each}`)}</option>)}</select></label>
      <p id="gb-repeats" className="wb-soft">{t("desk.repeatHint")}</p>
    </>
  )
}
