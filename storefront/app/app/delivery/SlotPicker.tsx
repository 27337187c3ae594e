import { useTranslation } from "@fangshi/storefront-kit"
import type { PageDay } from "./delivery"

/** From here on a number tells more than that there are places. */
const FEW = 10

type Props = { days: PageDay[]; chosen: string; wrong: boolean }

/** Times of delivery, a tab for each day. The tabs are radio buttons, which the style sheet follows: they work without script. */
export function SlotPicker({ days, chosen, wrong }: Props) {
  const { t } = useTranslation()
  const withPlaces = days.find(({ slots }) => slots.some(({ left }) => left > 0))
  const first = days.find(({ slots }) => slots.some(({ value }) => value === chosen)) ?? withPlaces ?? days[0]
  if (!days.length) return <p className="fs-if is-for-delivery fs-notice">{t("delivery.noSlots")}</p>
  return (
    <div className="fs-if is-for-delivery" role="group" aria-labelledby="slots">
      <h3 id="slots">{t("delivery.slots")}</h3>
      <div className="fs-days" role="radiogroup" aria-label={t("delivery.days")}>
        {days.map(({ day, label }) => <label key={day}><input type="radio" name="slot_day" value={day} defaultChecked={day === first?.day} /><span>{label}</span></label>)}
      </div>
      <div className="fs-slots" role="radiogroup" aria-labelledby="slots" aria-invalid={wrong || undefined} tabIndex={wrong ? -1 : undefined}>
        {days.map(({ day, label, slots }) => (
          <fieldset key={day} className="fs-slot-day">
            <legend>{label}</legend>
            {slots.map(({ value, time, left }) => (
              <label key={`${value} ${left > 0}`} className={`fs-radio fs-slot${left ? "" : " is-full"}`}>
                <input type="radio" name="slot" value={value} defaultChecked={left > 0 && value === chosen} disabled={left === 0} />
                <span>{time}</span>
                <small className={left > 0 && left <= FEW ? "is-few" : undefined}>{left === 0 ? t("delivery.full") : left <= FEW ? t("delivery.left", { count: left }) : t("delivery.free")}</small>
              </label>
            ))}
          </fieldset>
        ))}
      </div>
    </div>
  )
}
