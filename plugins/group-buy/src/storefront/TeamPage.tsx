import { Countdown, type PageProps, Price, Progress, ShareButton, useMoney, useServerClock, useShop, useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"
import { JoinForm } from "./JoinForm"
import { PosterButton } from "./PosterButton"
import { TeamFaces } from "./TeamFaces"
import type { TeamData } from "./asks"
import { bestPrice, phaseOf } from "./phase"
import { shopTime } from "./shop-time"
import { useCampaign } from "./use-campaign"
import { useFresh } from "./use-fresh"

/** One team: who is in it, how many are missing, how long there is, and the way in. */
export default function TeamPage({ data, problem, typed, busy }: PageProps<TeamData>) {
  const { t } = useTranslation("group-buy")
  const { locale, time_zone } = useShop()
  const money = useMoney()
  const { team } = data
  const campaign = useCampaign(data.campaign)
  const now = useServerClock(team.server_time)
  useFresh(`${campaign.status} ${campaign.progress.people} ${campaign.items.map(({ left }) => left).join()}`)
  const price = bestPrice(campaign)
  const over = team.status === "open" && now >= Date.parse(team.deadline)
  const missing = team.size - team.paid
  const head = team.members.find((member) => member.head)
  const open = team.status === "open" && !over && phaseOf(campaign, now) === "open"
  return (
    <article className="fs-narrow gb-team">
      <section className="fs-panel gb-team-goods">
        {campaign.pictures[0] && <img src={campaign.pictures[0]} alt="" width={96} height={96} />}
        <div><h1>{campaign.title[locale]}</h1><Price fen={price.now} original={price.alone > price.now ? price.alone : null} /></div>
      </section>
      <section className="fs-panel gb-team-state" role="status">
        {team.status === "succeeded" && <><h2 className="gb-won">{t("team.won")}</h2><p className="gb-soft">{t("team.wonHint")}</p></>}
        {team.status === "failed" && <><h2>{t("team.lost")}</h2><p className="gb-soft">{t("team.lostHint")}</p></>}
        {over && <><h2>{t("team.over")}</h2><p className="gb-soft">{t("team.lostHint")}</p></>}
        {team.status === "open" && !over && (
          <>
            <h2>{t("team.missing", { n: missing })}</h2>
            <p>{t("team.left")} <Countdown until={team.deadline} now={team.server_time} over={t("team.over")} /></p>
          </>
        )}
        <TeamFaces team={team} />
        {team.status === "open" && <Progress value={team.paid} max={team.size} label={t("team.missing", { n: missing })} />}
        {open && <div className="gb-share"><ShareButton title={campaign.title[locale]} url={data.url}>{t("team.invite")}</ShareButton><PosterButton poster={{ title: campaign.title[locale], price: money(price.now / 100), alone: price.alone > price.now ? t("poster.alone", { price: money(price.alone / 100) }) : null, notes: [t("team.missing", { n: missing }), t("poster.until", { time: shopTime(team.deadline, locale, time_zone) })], host: head ? [t("poster.head", { name: head.name })] : [], picture: campaign.pictures[0] ?? null, address: data.url }} /></div>}
      </section>
      {open && team.taken < team.size && <JoinForm campaign={campaign} team={team} pictures={data.pictures} me={data.me} idempotency_key={data.key} problem={problem} typed={typed} busy={busy} />}
      {open && team.taken >= team.size && <p className="fs-notice">{t("team.full")}</p>}
      {!open && <Link className="fs-button fs-wide" to={`/x/group-buy/campaigns/${campaign.id}`}>{t("team.own")}</Link>}
    </article>
  )
}
