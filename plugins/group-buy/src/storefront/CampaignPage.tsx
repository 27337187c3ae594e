import { Countdown, type PageProps, Price, ShareButton, paragraphs, useServerClock, useShop, useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"
import { GroupProgress } from "./GroupProgress"
import { JoinForm } from "./JoinForm"
import { PhaseNote } from "./PhaseNote"
import { PriceSteps } from "./PriceSteps"
import { TeamFaces } from "./TeamFaces"
import type { CampaignData } from "./asks"
import { bestPrice, phaseOf } from "./phase"
import { shopTime } from "./shop-time"
import { useCampaign } from "./use-campaign"

/** One campaign: what it costs at how many, how far it is, and the form to join. */
export default function CampaignPage({ data, problem, typed, busy }: PageProps<CampaignData>) {
  const { t } = useTranslation("group-buy")
  const { locale, time_zone } = useShop()
  const campaign = useCampaign(data.campaign)
  const phase = phaseOf(campaign, useServerClock(data.campaign.server_time))
  const price = bestPrice(campaign)
  const { pictures, items, kind } = campaign
  return (
    <article className="fs-narrow gb-campaign">
      {pictures.length > 0 && <div className="gb-pictures" tabIndex={pictures.length > 1 ? 0 : undefined} role="group" aria-label={t("campaign.pictures")}>{pictures.map((picture, i) => <img key={picture} src={picture} alt="" width={640} height={640} loading={i ? "lazy" : "eager"} />)}</div>}
      <PhaseNote campaign={campaign} phase={phase} />
      <section className="fs-panel gb-head">
        <p className="gb-price"><Price fen={price.now} original={price.alone > price.now ? price.alone : null} from={items.length > 1} size="large" /><em>{kind === "team" ? t("kind.team", { n: campaign.team_size }) : t("kind.community")}</em></p>
        <h1>{campaign.title[locale]}</h1>
        {campaign.description && paragraphs(campaign.description[locale]).map((text, i) => <p key={i} className="gb-soft">{text}</p>)}
        <GroupProgress campaign={campaign} />
        {items.map((item) => item.steps.length > 0 && kind === "community" && <div key={item.id}>{items.length > 1 && <h3>{item.title[locale]}</h3>}<PriceSteps campaign={campaign} item={item} /></div>)}
        {campaign.arrives_at && <p className="gb-arrives">{t("campaign.arrives", { time: shopTime(campaign.arrives_at, locale, time_zone) })}</p>}
        <div className="gb-share"><ShareButton title={campaign.title[locale]} url={data.url}>{t("share")}</ShareButton></div>
      </section>
      {kind === "team" && phase === "open" && data.teams.length > 0 && (
        <section className="fs-panel">
          <h2>{t("team.openOnes", { n: data.teams.length })}</h2>
          <ul className="gb-teams">
            {data.teams.map((team) => (
              <li key={team.id}>
                <TeamFaces team={team} most={3} />
                <span className="gb-team-words"><b>{t("team.missing", { n: team.size - team.paid })}</b><small className="gb-soft">{t("team.left")} <Countdown until={team.deadline} now={team.server_time} over={t("team.over")} /></small></span>
                <Link className="fs-button" to={`/x/group-buy/teams/${team.id}`}>{t("team.go")}</Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {phase === "open" && (kind === "team" || data.points.length > 0)
        ? <JoinForm campaign={campaign} points={data.points} from={data.from} pictures={data.pictures} me={data.me} idempotency_key={data.key} problem={problem} typed={typed} busy={busy} />
        : phase !== "soon" && !campaign.next_id && <Link className="fs-button fs-wide" to="/x/group-buy">{t("others")}</Link>}
      {campaign.next_id && <Link className="fs-button fs-wide" to={`/x/group-buy/campaigns/${campaign.next_id}`}>{t("next")}</Link>}
      {phase === "open" && kind === "community" && data.points.length === 0 && <p className="fs-notice">{t("join.noPoint")}</p>}
    </article>
  )
}
