import { moneyParts, useMoney, useShop, useTranslation } from "@fangshi/storefront-kit"

/** A price with a small symbol and a large figure; the former price struck through. */
export function Price({ amount, original, from, size = "small" }: { amount: number; original?: number | null; from?: boolean; size?: "small" | "large" }) {
  const { t } = useTranslation()
  const { currency_code, locale } = useShop()
  const money = useMoney()
  const parts = moneyParts(amount, currency_code, locale)
  return (
    <span className={`fs-price fs-price-${size}`}>
      <span className="fs-now"><small>{parts.symbol}</small>{parts.whole}<small>{parts.fraction}</small>{from && <small className="fs-from">{t("price.from")}</small>}</span>
      {original != null && original > amount && <s aria-label={t("price.before", { price: money(original) })}>{money(original)}</s>}
    </span>
  )
}
