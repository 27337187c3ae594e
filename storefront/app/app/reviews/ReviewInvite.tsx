import { useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"

/** The way from an order that has arrived to its reviews. */
export function ReviewInvite() {
  const { t } = useTranslation()
  return <p><Link className="fs-button fs-wide" to="/account/reviews">{t("reviews.due.write")}</Link></p>
}
