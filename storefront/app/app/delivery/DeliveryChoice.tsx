import type { DeliveryKind } from "@fangshi/contracts"
import { useMoney, useTranslation } from "@fangshi/storefront-kit"
import { PointList } from "./PointList"
import { SlotPicker } from "./SlotPicker"
import type { Delivery } from "./delivery"

type Option = { id: string; name: string; description: string; amount: number; kind: DeliveryKind | null }
type Props = { options: Option[]; delivery: Delivery; values: Record<string, string>; refusal: string | null }

/** How the goods reach their buyer: the ways, and below the chosen one its points or times. Which of them shows is for the style sheet to say, so that it needs no script. */
export function DeliveryChoice({ options, delivery, values, refusal }: Props) {
  const { t } = useTranslation()
  const money = useMoney()
  const { points, days, chosen } = delivery
  const has = (kind: DeliveryKind) => options.some((option) => option.kind === kind)
  return (
    <section className="fs-panel fs-ship">
      <h2 id="shipping">{t("checkout.shipping")}</h2>
      <div role="radiogroup" aria-labelledby="shipping">
        {options.map((option, i) => (
          <label key={option.id} className={`fs-radio${option.kind ? ` is-${option.kind}` : ""}`}>
            <input type="radio" name="shipping_option" value={option.id} defaultChecked={values.shipping_option ? values.shipping_option === option.id : i === 0} />
            <span>{option.name}<small className="fs-sub" style={{ display: "block", whiteSpace: "normal" }}>{option.description}</small></span>
            <b>{option.amount === 0 ? t("checkout.free") : money(option.amount)}</b>
          </label>
        ))}
      </div>
      {refusal && <p className="fs-notice fs-refusal" role="alert">{refusal}</p>}
      {has("pick_up") && points.length > 0 && <PointList points={points} chosen={values.pick_up_point || chosen.point} wrong={refusal !== null} />}
      {has("delivery") && <SlotPicker days={days} chosen={values.slot ?? chosen.slot} wrong={refusal !== null} />}
    </section>
  )
}
