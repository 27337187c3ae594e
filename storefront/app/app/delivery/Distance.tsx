import { useShop } from "@fangshi/storefront-kit"

/** How far it is, in metres or kilometres; nothing where nobody knows. */
export function Distance({ metres }: { metres: number | null }) {
  const { locale } = useShop()
  if (metres === null) return null
  const near = metres < 1_000
  const format = new Intl.NumberFormat(locale, { style: "unit", unit: near ? "meter" : "kilometer", unitDisplay: locale === "en" ? "short" : "long", maximumFractionDigits: metres < 10_000 ? 1 : 0 })
  return <b className="fs-distance">{format.format(near ? Math.max(10, Math.round(metres / 10) * 10) : metres / 1_000)}</b>
}
