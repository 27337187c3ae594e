import { Countdown, useMoney, useServerClock, useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"
import type { CampaignView } from "../contract"
import { GroupProgress } from "./GroupProgress"
import { phaseOf } from "./phase"

/** Below a product's price: what it costs together. */
export function ProductPanel({ data, product_id }: { data: CampaignView[]; product_id: string }) {
  return <div className="gb-offers">{data.map((campaign) => <Offer key={campaign.id} campaign={campaign} product_id={product_id} />)}</div>
}

function Offer({ campaign, product_id }: { campaign: CampaignView; product_id: string }) {
  const { t } = useTranslation("group-buy")
  const money = useMoney()
  const phase = phaseOf(campaign, useServerClock(campaign.server_time))
  const item = campaign.items.find((each) => each.product_id === product_id)
  if (!item || phase === "over") return null
  const lowest = Math.min(item.current_price_amount, ...item.steps.map(({ unit_price_amount }) => unit_price_amount))
  return (
    <Link to={`/x/group-buy/campaigns/${campaign.id}`} className="gb-offer">
      <span className="gb-offer-words">
        <b>{campaign.kind === "team" ? t("kind.team", { n: campaign.team_size }) : t("kind.community")} <em>{money(item.current_price_amount / 100)}</em></b>
        <small className="gb-soft">{item.unit_price_amount > lowest ? t("offer.saves", { amount: money((item.unit_price_amount - lowest) / 100) }) : ""} {t(phase === "soon" ? "opensIn" : "closesIn")} <Countdown until={phase === "soon" ? campaign.opens_at : campaign.closes_at} now={campaign.server_time} over={t(phase === "soon" ? "isOpen" : "phase.over")} /></small>
        <GroupProgress campaign={campaign} />
      </span>
      <i className="gb-go">{t(`go.${phase === "soon" ? "soon" : phase === "open" ? "open" : "look"}`)}</i>
    </Link>
  )
}
