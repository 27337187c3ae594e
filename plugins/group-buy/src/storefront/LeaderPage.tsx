import { Empty, Field, type PageProps, ProblemNote, QrCode, ShareButton, useMoney, useShop, useTranslation } from "@fangshi/storefront-kit"
import { Form, Link } from "react-router"
import { LeaderApplication } from "./LeaderApplication"
import { PosterButton } from "./PosterButton"
import type { LeaderData, LeaderResult } from "./asks"
import { groupPrice } from "./group-price"
import { shopTime } from "./shop-time"
import { useProgressWords } from "./use-progress-words"

/** A leader's day: hand over by code, what is still to be collected, and what was earned. Whoever is none applies here. */
export default function LeaderPage({ data: { leader, commission, participations, campaigns, origin }, result, problem, typed, busy }: PageProps<LeaderData, LeaderResult>) {
  const { t } = useTranslation("group-buy")
  const { locale, time_zone } = useShop()
  const money = useMoney()
  const progressWords = useProgressWords()
  if (!leader) return <LeaderApplication problem={problem} typed={typed} busy={busy} />
  if (leader.status !== "approved") return <Empty level={1} title={t(`leader.status.${leader.status}`)} hint={leader.refusal_reason ?? t(`leader.hint.${leader.status}`)}><Link className="fs-button is-quiet" to="/account">{t("leader.back")}</Link></Empty>
  const waiting = participations.filter(({ status }) => status === "confirmed")
  const coming = [...new Map(waiting.filter(({ arrived_at }) => !arrived_at).map(({ campaign }) => [campaign.id, campaign])).values()]
  const done = participations.filter(({ status }) => status === "handed_over")
  return (
    <section className="fs-narrow gb-leader">
      <header className="fs-me"><span className="fs-face" aria-hidden="true">{[...leader.name][0]}</span><div><h1>{leader.name}</h1><p>{t("leader.level", { n: leader.level, percent: leader.commission_basis_points / 100 })}</p></div></header>
      {commission && (
        <dl className="fs-panel gb-figures">
          <div><dt>{t("leader.pending")}</dt><dd>{money(commission.pending_amount / 100)}</dd></div>
          <div><dt>{t("leader.withdrawable")}</dt><dd>{money(commission.withdrawable_amount / 100)}</dd></div>
          <div><dt>{t("leader.waiting")}</dt><dd>{waiting.length}</dd></div>
        </dl>
      )}
      <section className="fs-panel">
        <h2>{t("leader.handOver")}</h2>
        <ProblemNote problem={problem} />
        {result?.handed && (
          <div className="fs-notice is-good" role="status">
            <b>{t("leader.handed", { name: result.handed.name })}</b>
            <ul>{result.handed.lines.map(({ title, quantity }, i) => <li key={i}>{title[locale]} × {quantity}</li>)}</ul>
          </div>
        )}
        {result?.told !== undefined && <p className="fs-notice is-good" role="status">{t("leader.told", { n: result.told })}</p>}
        <Form method="post" className="fs-fields fs-code" key={result?.handed?.id ?? "first"}>
          <Field name="code" label={t("leader.code")} error={null} defaultValue="" inputMode="numeric" autoComplete="off" maxLength={6} required />
          <button className="fs-button" name="do" value="hand-over" disabled={busy}>{t("leader.give")}</button>
        </Form>
      </section>
      {coming.map(({ id, title }) => (
        <Form key={id} method="post" className="fs-panel gb-coming">
          <input type="hidden" name="campaign_id" value={id} />
          <span><b>{title[locale]}</b><small className="gb-soft">{t("leader.coming")}</small></span>
          <button className="fs-button is-quiet" name="do" value="arrived" disabled={busy}>{t("leader.arrived")}</button>
        </Form>
      ))}
      <section className="fs-panel">
        <h2>{t("leader.list", { n: waiting.length })}</h2>
        {participations.length === 0 && <p className="gb-soft">{t("leader.noneToday")}</p>}
        <ul className="gb-today">
          {[...waiting, ...done].map((one) => (
            <li key={one.id} className={one.status === "handed_over" ? "is-done" : undefined}>
              <span><b>{one.name}</b> <small className="gb-soft">{one.phone}</small><small className="gb-soft">{one.lines.map(({ title, quantity }) => `${title[locale]} × ${quantity}`).join(" · ")}</small></span>
              <i className={`gb-state is-${one.status}`}>{t(`state.${one.status === "handed_over" ? "handed_over" : one.arrived_at ? "arrived" : "confirmed"}`)}</i>
            </li>
          ))}
        </ul>
      </section>
      {campaigns.length > 0 && (
        <section className="fs-panel">
          <h2>{t("leader.share")}</h2>
          <ul className="gb-posters">
            {campaigns.map((campaign) => {
              const { id, title, pictures } = campaign
              const url = `${origin}/x/group-buy/campaigns/${id}?from=${leader.leader_id}`
              const place = `${leader.city}${leader.district}${leader.address}`
              const price = groupPrice(campaign)
              return (
                <li key={id}>
                  {pictures[0] && <img src={pictures[0]} alt="" width={120} height={120} loading="lazy" />}
                  <div><b>{title[locale]}</b><small className="gb-soft">{place}</small><div className="gb-share"><ShareButton title={title[locale]} url={url}>{t("share")}</ShareButton></div></div>
                  <QrCode text={url} label={t("leader.poster", { title: title[locale] })} size={96} />
                  <PosterButton poster={{ title: title[locale], price: money(price.together / 100), alone: price.alone > price.together ? t("poster.alone", { price: money(price.alone / 100) }) : null, notes: [progressWords(campaign), t("poster.closes", { time: shopTime(campaign.closes_at, locale, time_zone) })], host: [leader.leader_name, leader.name, place], picture: pictures[0] ?? null, address: url }} />
                </li>
              )
            })}
          </ul>
        </section>
      )}
    </section>
  )
}
