import { Countdown, type PageProps, ProblemNote, useMoney, useShop, useTranslation } from "@fangshi/storefront-kit"
import { Form, Link } from "react-router"
import { GroupProgress } from "../GroupProgress"
import { PriceSteps } from "../PriceSteps"
import { useCampaign } from "../use-campaign"
import { RepeatField } from "./RepeatField"
import { TimeFields } from "./TimeFields"
import type { WatchData } from "./asks"
import { SHEETS } from "./sheet-names"

const percent = (basis_points: number) => `${(basis_points / 100).toFixed(0)}%`

/** One campaign as the shop watches it, and what can be done with it. */
export default function CampaignScreen({ data, result, problem, typed, busy }: PageProps<WatchData, { done: string }>) {
  return data.campaign.status === "draft" ? <Shown data={data} campaign={data.campaign} result={result} problem={problem} typed={typed} busy={busy} /> : <Watched data={data} result={result} problem={problem} typed={typed} busy={busy} />
}

type Props = Omit<PageProps<WatchData, { done: string }>, "params">

// Nobody is told of a draft: it is not there for the stream.
function Watched(props: Props) {
  const told = useCampaign(props.data.campaign)
  const decided = props.data.campaign.status !== "open"
  return <Shown {...props} campaign={decided ? props.data.campaign : told} />
}

function Shown({ data: { feedback, defaults }, campaign, problem, typed, busy }: Props & { campaign: WatchData["campaign"] }) {
  const { t } = useTranslation("group-buy")
  const { locale } = useShop()
  const money = useMoney()
  const { id, status, progress, items } = campaign
  const first = items[0]
  return (
    <>
      <section className="wb-panel">
        <p className="wb-card-head"><b>{campaign.title[locale]}</b><span className={`wb-tag${status === "open" ? " is-ready" : ""}`}>{t(`desk.status.${status}`)}</span></p>
        <ProblemNote problem={problem} />
        <dl className="gb-watch" aria-live="polite">
          <div><dt>{t("desk.people")}</dt><dd>{progress.people}</dd></div>
          <div><dt>{t("desk.pieces")}</dt><dd>{progress.pieces}</dd></div>
          <div><dt>{t("desk.amount")}</dt><dd>{money(progress.amount / 100)}</dd></div>
        </dl>
        <GroupProgress campaign={campaign} />
        {status === "open" && <p className="wb-soft">{t("closesIn")} <Countdown until={campaign.closes_at} now={campaign.server_time} over={t("phase.over")} /></p>}
        {first && <PriceSteps campaign={campaign} item={first} />}
        {status !== "draft" && <Link className="wb-link" to={`/x/group-buy/campaigns/${id}`}>{t("desk.asShopper")}</Link>}
        <Form method="post" className="wb-buttons">
          {status === "draft" && <button className="wb-button" name="do" value="open" disabled={busy}>{t("desk.open")}</button>}
          {status === "open" && <button className="wb-button" name="do" value="close" disabled={busy}>{t("desk.close")}</button>}
          {(status === "draft" || status === "open") && <button className="wb-button is-danger" name="do" value="refuse" disabled={busy} aria-describedby="gb-refuse">{t("desk.refuse")}</button>}
        </Form>
        {status === "open" && <p id="gb-refuse" className="wb-soft">{t("desk.warn")}</p>}
      </section>
      {campaign.kind === "community" && (status === "draft" || status === "open") && (
        <section className="wb-panel">
          <Form method="post" className="wb-form">
            <RepeatField chosen={campaign.repeats} />
            <button className="wb-button is-quiet" name="do" value="repeats" disabled={busy}>{t("desk.repeatSave")}</button>
          </Form>
        </section>
      )}
      {campaign.next_id && <Link className="wb-link" to={`/workbench/x/group-buy/campaigns/${campaign.next_id}`}>{t("desk.next")} ›</Link>}
      {status !== "draft" && (
        <section className="wb-panel">
          <h2>{t("desk.sheets")}</h2>
          <p className="gb-screen-links">{SHEETS.filter((sheet) => campaign.kind === "community" || sheet === "purchase").map((sheet) => <Link key={sheet} className="wb-button is-quiet" to={`/workbench/x/group-buy/campaigns/${id}/sheets/${sheet}`}>{t(`sheet.${sheet}`)}</Link>)}</p>
        </section>
      )}
      <section className="wb-panel gb-sheet">
        <table>
          <caption>{t("desk.feedback")}</caption>
          <thead><tr><th>{t("sheet.item")}</th><th className="is-figure">{t("desk.remaining")}</th><th className="is-figure">{t("desk.sellThrough")}</th><th className="is-figure">{t("desk.claimRate")}</th><th className="is-figure">{t("desk.repeatRate")}</th></tr></thead>
          <tbody>
            {items.map(({ id: item_id, title, left, stock }) => {
              const rates = feedback.find((each) => each.item_id === item_id)
              return <tr key={item_id}><td>{title[locale]}</td><td className="is-figure">{left}/{stock}</td><td className="is-figure">{percent(rates?.sell_through ?? 0)}</td><td className="is-figure">{percent(rates?.claim_rate ?? 0)}</td><td className="is-figure">{percent(rates?.repeat_rate ?? 0)}</td></tr>
            })}
          </tbody>
        </table>
      </section>
      <details className="wb-panel gb-more">
        <summary>{t("desk.copy")}</summary>
        <Form method="post" className="wb-form">
          <TimeFields now={campaign.server_time} defaults={defaults} typed={typed} arrives={campaign.kind === "community"} />
          <button className="wb-button" name="do" value="copy" disabled={busy}>{t("desk.copyNow")}</button>
        </Form>
      </details>
    </>
  )
}
