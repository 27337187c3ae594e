import { useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"

/** The shopper's groups and the leader's page, in the member's menu. */
export function MenuEntries() {
  const { t } = useTranslation("group-buy")
  return (
    <ul className="fs-panel fs-menu">
      <li><Link to="/x/group-buy/mine"><span>{t("mine.title")}</span></Link></li>
      <li><Link to="/x/group-buy/leader"><span>{t("leader.title")}</span></Link></li>
    </ul>
  )
}
