import { Countdown, Price, useServerClock, useShop, useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"
import type { CampaignView } from "../contract"
import { GroupProgress } from "./GroupProgress"
import { bestPrice, phaseOf } from "./phase"

/** A campaign in a list: what it costs together and alone, how far it is and how long it runs. `first`: it is seen at once. */
export function CampaignCard({ campaign, first = false }: { campaign: CampaignView; first?: boolean }) {
  const { t } = useTranslation("group-buy")
  const { locale } = useShop()
  const phase = phaseOf(campaign, useServerClock(campaign.server_time))
  const price = bestPrice(campaign)
  return (
    <Link to={`/x/group-buy/campaigns/${campaign.id}`} className="gb-card">
      <span className="gb-card-picture">
        {campaign.pictures[0] && <img src={campaign.pictures[0]} alt="" width={240} height={240} loading={first ? "eager" : "lazy"} {...(first ? { fetchpriority: "high" } : {})} />}
        <em>{campaign.kind === "team" ? t("kind.team", { n: campaign.team_size }) : t("kind.community")}</em>
      </span>
      <span className="gb-card-body">
        <b className="gb-card-title">{campaign.title[locale]}</b>
        <Price fen={price.now} original={price.alone > price.now ? price.alone : null} from={campaign.items.length > 1} />
        <GroupProgress campaign={campaign} />
        <span className="gb-card-foot">
          <span className="gb-soft">{t(phase === "soon" ? "opensIn" : "closesIn")} <Countdown until={phase === "soon" ? campaign.opens_at : campaign.closes_at} now={campaign.server_time} over={t(phase === "soon" ? "isOpen" : "phase.over")} /></span>
          <i className="gb-go">{t(`go.${phase === "soon" ? "soon" : phase === "open" ? "open" : "look"}`)}</i>
        </span>
      </span>
    </Link>
  )
}
