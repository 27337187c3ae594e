import { useMoney, useTranslation } from "@fangshi/storefront-kit"
import type { DeskLine } from "./desk"

/** What coupons took off the lines of a parcel, with their codes. */
export function DiscountRow({ lines, as }: { lines: DeskLine[]; as: "list" | "table" }) {
  const { t } = useTranslation()
  const money = useMoney()
  const amount = lines.reduce((sum, line) => sum + line.discount_amount, 0)
  if (amount <= 0) return null
  const label = [t("order.discount"), ...new Set(lines.flatMap(({ discount_codes }) => discount_codes))].join(" ")
  const taken = `−${money(amount / 100)}`
  return as === "list" ? <div><dt>{label}</dt><dd>{taken}</dd></div> : <tr><td>{label}</td><td /><td>{taken}</td></tr>
}
