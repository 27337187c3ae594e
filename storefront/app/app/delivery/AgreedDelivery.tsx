import { useTranslation } from "@fangshi/storefront-kit"
import type { Agreed } from "./delivery"

/** Where the goods of an order wait, or when they come. */
export function AgreedDelivery({ agreed }: { agreed: Agreed | null }) {
  const { t } = useTranslation()
  if (!agreed) return null
  if (agreed.kind === "delivery") return <section className="fs-panel fs-agreed"><h2>{t("delivery.when")}</h2><p><b>{agreed.when}</b></p></section>
  const { point } = agreed
  if (!point) return null
  return (
    <section className="fs-panel fs-agreed">
      <h2>{t("delivery.point")}</h2>
      <p><b>{point.name}</b></p>
      <p>{point.address}</p>
      <p className="fs-sub">{point.opening_hours}</p>
      <p className="fs-agreed-links">
        {point.phone && <a className="fs-link" href={`tel:${point.phone}`}>{point.phone}</a>}
        <a className="fs-link" href={point.map} target="_blank" rel="noreferrer">{t("delivery.map")}</a>
      </p>
    </section>
  )
}
