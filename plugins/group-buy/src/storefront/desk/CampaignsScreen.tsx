import { type PageProps, useMoney, useShop, useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"
import type { CampaignView } from "../../contract"
import { GroupProgress } from "../GroupProgress"
import { bestPrice } from "../phase"
import { shopTime } from "../shop-time"

/** All campaigns, drafts too, and the way to a new one. */
export default function CampaignsScreen({ data: { campaigns } }: PageProps<{ campaigns: CampaignView[] }>) {
  const { t } = useTranslation("group-buy")
  const { locale, time_zone } = useShop()
  const money = useMoney()
  return (
    <>
      <section className="wb-panel">
        <h1>{t("campaigns")}</h1>
        <div className="wb-buttons"><Link className="wb-button" to="/workbench/x/group-buy/campaigns/new">{t("desk.new")}</Link><Link className="wb-button is-quiet" to="/workbench/x/group-buy/leaders">{t("desk.leaders")}</Link></div>
      </section>
      {campaigns.length === 0 && <p className="wb-empty">{t("desk.none")}</p>}
      <ul className="wb-list">
        {campaigns.map((campaign) => (
          <li key={campaign.id}>
            <Link className="wb-card" to={`/workbench/x/group-buy/campaigns/${campaign.id}`}>
              <span className="wb-card-head"><b>{campaign.title[locale]}</b><span className={`wb-tag${campaign.status === "open" ? " is-ready" : ""}`}>{t(`desk.status.${campaign.status}`)}</span></span>
              <GroupProgress campaign={campaign} />
              <span className="wb-card-foot"><span>{shopTime(campaign.opens_at, locale, time_zone)} – {shopTime(campaign.closes_at, locale, time_zone)}</span><span className="wb-money">{money(bestPrice(campaign).now / 100)}</span></span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
