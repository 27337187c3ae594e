import { Empty, type PageProps, useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"
import type { CampaignView } from "../contract"
import { CampaignCard } from "./CampaignCard"

/** Everything that runs or opens later. */
export default function CampaignsPage({ data: { campaigns } }: PageProps<{ campaigns: CampaignView[] }>) {
  const { t } = useTranslation("group-buy")
  if (!campaigns.length) return <Empty level={1} title={t("none.title")} hint={t("none.hint")}><Link className="fs-button" to="/">{t("none.home")}</Link></Empty>
  return (
    <section className="fs-narrow">
      <h1 className="fs-title">{t("campaigns")}</h1>
      <ul className="gb-list">{campaigns.map((campaign, i) => <li key={campaign.id}><CampaignCard campaign={campaign} first={i === 0} /></li>)}</ul>
    </section>
  )
}
