import { Countdown, Field, type PageProps, ProblemNote, QrCode, ShareButton, useMoney, useServerClock, useShop, useTranslation } from "@fangshi/storefront-kit"
import { Form, Link } from "react-router"
import { GroupProgress } from "./GroupProgress"
import { TeamFaces } from "./TeamFaces"
import type { OwnData, OwnResult } from "./asks"
import { stateOf } from "./state-of"
import { useCampaign } from "./use-campaign"
import { useFresh } from "./use-fresh"

/** One participation: pay, wait and bring friends, collect by code. */
export default function ParticipationPage({ data: { participation: own, team, campaign: start, origin }, result, problem, typed, busy }: PageProps<OwnData, OwnResult>) {
  const { t } = useTranslation("group-buy")
  const { locale } = useShop()
  const money = useMoney()
  const campaign = useCampaign(start)
  const now = useServerClock(own.server_time)
  useFresh(`${campaign.status} ${campaign.progress.people}`)
  const state = stateOf(own)
  const held = own.status === "held" && now < Date.parse(own.hold_expires_at)
  const shared = team ? `${origin}/x/group-buy/teams/${team.id}` : `${origin}/x/group-buy/campaigns/${campaign.id}`
  return (
    <section className="fs-narrow gb-own">
      <h1 className="fs-title">{t("mine.one")}</h1>
      <ProblemNote problem={problem} />
      <section className={`fs-panel gb-own-head is-${state}`} role="status">
        <h2>{t(`state.${own.status === "held" && !held ? "expired" : state}`)}</h2>
        <p className="gb-soft">{t(`told.${own.status === "held" && !held ? "expired" : state}`)}</p>
        {held && <p>{t("mine.payWithin")} <Countdown until={own.hold_expires_at} now={own.server_time} over={t("state.expired")} /></p>}
        {result?.outcome === "waiting" && <p className="fs-notice">{t("mine.waiting")}</p>}
        {result?.outcome === "late" && <p className="fs-notice">{t("mine.late")}</p>}
        {result?.claimed && <p className="fs-notice is-good">{t("claim.sent")}</p>}
        {held && <Form method="post"><button className="fs-button fs-wide" name="do" value="pay" disabled={busy}>{t("mine.pay", { amount: money(own.amount / 100) })}</button></Form>}
      </section>
      {own.status === "confirmed" && own.point && (
        <section className="fs-panel gb-code">
          <h2>{t("code.title")}</h2>
          {result?.code ? (
            <>
              <output className="gb-digits" aria-label={[...result.code].join(" ")}>{result.code.slice(0, 3)} {result.code.slice(3)}</output>
              <QrCode text={result.code} label={t("code.qr")} size={220} />
              <p className="gb-soft">{t("code.once")}</p>
            </>
          ) : <p className="gb-soft">{t("code.hint")}</p>}
          <Form method="post" preventScrollReset><button className={`fs-button fs-wide${result?.code ? " is-quiet" : ""}`} name="do" value="code" disabled={busy}>{t(result?.code ? "code.again" : "code.show")}</button></Form>
        </section>
      )}
      {team && <section className="fs-panel"><h2>{t("team.title")}</h2><TeamFaces team={team} />{team.status === "open" && <p className="gb-soft">{t("team.missing", { n: team.size - team.paid })}</p>}</section>}
      {!team && campaign.status === "open" && <section className="fs-panel"><GroupProgress campaign={campaign} /></section>}
      {own.status === "paid" && campaign.status === "open" && <div className="gb-share"><ShareButton title={campaign.title[locale]} url={shared}>{t("team.invite")}</ShareButton></div>}
      <section className="fs-panel">
        <h2><Link to={`/x/group-buy/campaigns/${campaign.id}`}>{own.campaign_title[locale]} ›</Link></h2>
        <ul className="gb-lines">{own.lines.map((line) => <li key={line.item_id}><span>{line.title[locale]} × {line.quantity}{line.short > 0 && <small className="gb-soft"> {t("mine.short", { n: line.short })}</small>}</span><b>{money(((line.due_price_amount ?? line.unit_price_amount) * line.quantity) / 100)}</b></li>)}</ul>
        <dl className="fs-sums">
          <dt>{t("mine.amount")}</dt><dd>{money(own.amount / 100)}</dd>
          {own.due_amount !== null && <><dt>{t("mine.due")}</dt><dd>{money(own.due_amount / 100)}</dd></>}
          {own.refunded_amount > 0 && <><dt>{t("mine.refunded")}</dt><dd>{money(own.refunded_amount / 100)}</dd></>}
          {own.order_number !== null && <><dt>{t("mine.order")}</dt><dd><Link to={`/account/orders/${own.order_id}`}>#{own.order_number}</Link></dd></>}
        </dl>
        {own.point && <p className="gb-soft">{t("mine.point")} {own.point.address}</p>}
      </section>
      {(own.status === "handed_over" || own.status === "confirmed") && (
        <details className="fs-panel gb-more" open={!!problem && "reason" in typed}>
          <summary>{t("claim.title")}</summary>
          <Form method="post" className="fs-fields">
            <Field name="amount" label={t("claim.amount")} error={null} defaultValue={typed.amount ?? ""} inputMode="decimal" required />
            <Field name="reason" label={t("claim.reason")} error={null} defaultValue={typed.reason ?? ""} required />
            <button className="fs-button is-quiet" name="do" value="claim" disabled={busy}>{t("claim.send")}</button>
          </Form>
        </details>
      )}
      {(held || (own.status === "paid" && campaign.status === "open" && team?.status !== "succeeded")) && (
        <details className="fs-panel gb-more">
          <summary>{t("leave.title")}</summary>
          <p className="gb-soft">{t("leave.hint")}</p>
          <Form method="post"><button className="fs-button fs-danger" name="do" value="leave" disabled={busy}>{t("leave.sure")}</button></Form>
        </details>
      )}
    </section>
  )
}
