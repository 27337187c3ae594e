import { useMoney, useTranslation } from "@fangshi/storefront-kit"
import type { Discount } from "./discount-of"

/** The discount as a line of its own among the sums. */
export function DiscountLine({ discount }: { discount: Discount | null }) {
  const { t } = useTranslation()
  const money = useMoney()
  if (!discount) return null
  return (
    <>
      <dt>{t("coupon.discount")} <small className="fs-coupon-code">{discount.codes.join(" ")}</small></dt>
      <dd className="fs-off">−{money(discount.amount)}</dd>
    </>
  )
}
