import { useMoney, useTranslation } from "@fangshi/storefront-kit"
import { type Choice, OPTION, type OptionRow, isInStock } from "./product-choices"

type VariantPickerProps = { rows: OptionRow[]; choices: Choice[]; start: Choice | undefined; selected: Record<string, string>; onSelect: (values: Record<string, string>) => void }

/** How a buyer says which variant: one list where there is one option, else a row for each. What nobody can buy in any combination cannot be chosen. */
export function VariantPicker({ rows, choices, start, selected, onSelect }: VariantPickerProps) {
  const { t } = useTranslation()
  const money = useMoney()
  if (rows.length < 2)
    return (
      <fieldset className="fs-options">
        <legend>{rows[0]?.title || t("product.choose")}</legend>
        <div className="fs-choices">
          {choices.map((choice) => (
            <label key={choice.id} className="fs-choice">
              <input type="radio" name="variant_id" value={choice.id} defaultChecked={choice.id === start?.id} disabled={!isInStock(choice)} onChange={() => onSelect(choice.values)} />
              <span>{choice.title}{choice.price !== null && choices.length > 1 && <b>{money(choice.price)}</b>}</span>
            </label>
          ))}
        </div>
      </fieldset>
    )
  return rows.map(({ id: option, title, values }) => (
    <fieldset key={option} className="fs-options">
      <legend>{title}</legend>
      <div className="fs-choices">
        {values.map(({ id, value }) => {
          const fits = choices.some((choice) => isInStock(choice) && choice.values[option] === id && Object.entries(selected).every(([other, of]) => other === option || choice.values[other] === of))
          return (
            <label key={id} className={`fs-choice${fits ? "" : " is-away"}`}>
              <input type="radio" name={`${OPTION}${option}`} value={id} defaultChecked={start?.values[option] === id} disabled={!choices.some((choice) => isInStock(choice) && choice.values[option] === id)} onChange={() => onSelect({ ...selected, [option]: id })} />
              <span>{value}</span>
            </label>
          )
        })}
      </div>
    </fieldset>
  ))
}
