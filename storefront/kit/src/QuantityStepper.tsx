import { useTranslation } from "./use-translation"

/** Minus, a number, plus. Works as three submit buttons before any script has loaded: the button pressed carries the new quantity. */
export function QuantityStepper({ quantity, max, name = "quantity", disabled }: { quantity: number; max: number; name?: string; disabled?: boolean }) {
  const { t } = useTranslation()
  return (
    <span className="fs-stepper" role="group" aria-label={t("cart.quantity")}>
      <button type="submit" name={name} value={quantity - 1} disabled={disabled} aria-label={quantity === 1 ? t("cart.remove") : t("cart.less")}>
        −
      </button>
      <output aria-live="polite">{quantity}</output>
      <button type="submit" name={name} value={quantity + 1} disabled={disabled || quantity >= max} aria-label={t("cart.more")}>
        +
      </button>
    </span>
  )
}
