import { useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"
import type { CampaignView } from "../contract"
import { CampaignCard } from "./CampaignCard"

/** The campaigns that run, on the shop's first page. */
export function HomeStrip({ data }: { data: CampaignView[] }) {
  const { t } = useTranslation("group-buy")
  return (
    <section className="fs-section gb-strip" aria-labelledby="gb-strip">
      <header className="fs-section-head"><h2 id="gb-strip">{t("campaigns")}</h2><Link to="/x/group-buy">{t("all")} ›</Link></header>
      <ul>{data.map((campaign, i) => <li key={campaign.id}><CampaignCard campaign={campaign} first={i === 0} /></li>)}</ul>
    </section>
  )
}
