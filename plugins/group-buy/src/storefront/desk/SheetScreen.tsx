import { type PageProps, useMoney, useShop, useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"
import type { PickingList, PurchaseLine, RunStop, SortingMatrix } from "../../contract"
import { shopTime } from "../shop-time"
import { ShortageForm } from "./ShortageForm"
import type { SheetData } from "./asks"
import { SHEETS } from "./sheet-names"

/** A sheet for paper, and the same as a file. */
export default function SheetScreen({ data: { campaign, sheet, purchase, sorting, picking, run, points, locale, made_at, key }, result, problem, busy }: PageProps<SheetData, { pieces: number; people: number }>) {
  const { t } = useTranslation("group-buy")
  const { time_zone } = useShop()
  const file = (format: string) => `/workbench/x-data/group-buy/campaigns/${campaign.id}/sheets/${sheet}?format=${format}&locale=${locale}`
  const empty = !(purchase?.length || sorting?.rows.length || picking?.length || run?.length)
  return (
    <>
      <nav className="wb-tabs wb-screen-only" aria-label={t("desk.sheets")}>{SHEETS.filter((each) => campaign.kind === "community" || each === "purchase").map((each) => <Link key={each} to={`/workbench/x/group-buy/campaigns/${campaign.id}/sheets/${each}`} aria-current={each === sheet ? "page" : undefined}>{t(`sheet.${each}`)}</Link>)}</nav>
      <section className="wb-paper gb-sheet">
        <h1>{t(`sheet.${sheet}`)}</h1>
        <p className="wb-soft">{campaign.title[locale]} · {shopTime(made_at, locale, time_zone)}</p>
        {empty && <p className="wb-empty">{t("sheet.empty")}</p>}
        {!empty && purchase && <Purchase lines={purchase} />}
        {!empty && sorting && <Sorting matrix={sorting} />}
        {picking?.map((list) => <Picking key={list.leader_id} list={list} />)}
        {!empty && run && <Run stops={run} />}
      </section>
      <div className="wb-buttons wb-screen-only">
        <button type="button" className="wb-button fs-needs-script" onClick={() => window.print()}>{t("sheet.print")}</button>
        <a className="wb-button is-quiet" href={file("csv")} download>CSV</a>
        <a className="wb-button is-quiet" href={file("xlsx")} download>XLSX</a>
      </div>
      {!empty && purchase && campaign.status === "succeeded" && <ShortageForm lines={purchase} points={points} noted={result} problem={problem} busy={busy} form_key={key} />}
      <Link className="wb-link wb-screen-only" to={`/workbench/x/group-buy/campaigns/${campaign.id}`}>‹ {campaign.title[locale]}</Link>
    </>
  )
}

function Purchase({ lines }: { lines: PurchaseLine[] }) {
  const { t } = useTranslation("group-buy")
  const { locale } = useShop()
  const money = useMoney()
  const sum = (figure: (line: PurchaseLine) => number) => lines.reduce((total, line) => total + figure(line), 0)
  return (
    <table>
      <thead><tr><th>{t("sheet.item")}</th><th>{t("sheet.sku")}</th><th className="is-figure">{t("sheet.pieces")}</th><th className="is-figure">{t("sheet.amount")}</th><th className="is-figure">{t("sheet.shortage")}</th></tr></thead>
      <tbody>{lines.map(({ item_id, title, sku, pieces, amount, shortage }) => <tr key={item_id}><td>{title[locale]}</td><td>{sku}</td><td className="is-figure">{pieces}</td><td className="is-figure">{money(amount / 100)}</td><td className="is-figure">{shortage || ""}</td></tr>)}</tbody>
      <tfoot><tr><td colSpan={2}>{t("sheet.total")}</td><td className="is-figure">{sum(({ pieces }) => pieces)}</td><td className="is-figure">{money(sum(({ amount }) => amount) / 100)}</td><td className="is-figure">{sum(({ shortage }) => shortage) || ""}</td></tr></tfoot>
    </table>
  )
}

function Sorting({ matrix: { points, rows } }: { matrix: SortingMatrix }) {
  const { t } = useTranslation("group-buy")
  const { locale } = useShop()
  return (
    <table>
      <thead><tr><th>{t("sheet.item")}</th>{points.map(({ leader_id, name }) => <th key={leader_id} className="is-figure">{name}</th>)}<th className="is-figure">{t("sheet.total")}</th></tr></thead>
      <tbody>{rows.map(({ item_id, title, sku, pieces, total }) => <tr key={item_id}><td>{title[locale]} <small>{sku}</small></td>{points.map(({ leader_id }, i) => <td key={leader_id} className="is-figure">{pieces[i] || ""}</td>)}<td className="is-figure"><b>{total}</b></td></tr>)}</tbody>
    </table>
  )
}

function Picking({ list: { point, lines, parcels } }: { list: PickingList }) {
  const { t } = useTranslation("group-buy")
  const { locale } = useShop()
  return (
    <section>
      <table>
        <caption>{point} · {lines.map(({ title, pieces }) => `${title[locale]} × ${pieces}`).join(" · ")}</caption>
        <thead><tr><th className="gb-tick">✓</th><th>{t("sheet.customer")}</th><th>{t("sheet.item")}</th><th className="is-figure">{t("sheet.pieces")}</th></tr></thead>
        <tbody>{parcels.flatMap(({ participation_id, name, lines: own }) => own.map(({ item_id, title, pieces }, i) => <tr key={`${participation_id} ${item_id}`}><td className="gb-tick" /><td>{i === 0 && name}</td><td>{title[locale]}</td><td className="is-figure">{pieces}</td></tr>))}</tbody>
      </table>
    </section>
  )
}

function Run({ stops }: { stops: RunStop[] }) {
  const { t } = useTranslation("group-buy")
  const { locale } = useShop()
  const km = new Intl.NumberFormat(locale, { style: "unit", unit: "kilometer", maximumFractionDigits: 1 })
  return (
    <table>
      <thead><tr><th>{t("sheet.number")}</th><th>{t("sheet.point")}</th><th className="is-figure">{t("sheet.parcels")}</th><th className="is-figure">{t("sheet.pieces")}</th><th className="is-figure">{t("sheet.leg")}</th><th>{t("sheet.signed")}</th></tr></thead>
      <tbody>{stops.map(({ leader_id, point, address, phone, parcels, pieces, leg_m }, i) => <tr key={leader_id}><td>{i + 1}</td><td><b>{point}</b><br />{address}<br /><a href={`tel:${phone}`}>{phone}</a></td><td className="is-figure">{parcels}</td><td className="is-figure">{pieces}</td><td className="is-figure">{km.format(leg_m / 1_000)}</td><td /></tr>)}</tbody>
    </table>
  )
}
