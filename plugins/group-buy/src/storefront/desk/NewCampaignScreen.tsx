import { type PageProps, ProblemNote, useMoney, useTranslation } from "@fangshi/storefront-kit"
import { Form } from "react-router"
import { RepeatField } from "./RepeatField"
import { TimeFields } from "./TimeFields"
import type { NewData } from "./asks"

const KINDS = ["community", "team"] as const

/** A campaign from the catalogue's products, as a draft or opened at once. What does not belong to the choice is hidden by the style sheet alone, so that it works before any script has come. */
export default function NewCampaignScreen({ data: { products, defaults, q, now }, problem, typed, busy }: PageProps<NewData>) {
  const { t } = useTranslation("group-buy")
  const money = useMoney()
  return (
    <section className="wb-panel">
      <h1>{t("desk.new")}</h1>
      <ProblemNote problem={problem} />
      <Form method="get" className="wb-search"><input type="search" name="q" defaultValue={q} aria-label={t("desk.search")} placeholder={t("desk.search")} /><button className="wb-button is-quiet">{t("desk.find")}</button></Form>
      <Form method="post" className="wb-form gb-new">
        <fieldset>
          <legend>{t("desk.kind")}</legend>
          <div className="gb-pair">{KINDS.map((each) => <label key={each} className="gb-tick"><input type="radio" name="kind" value={each} defaultChecked={(typed.kind ?? "community") === each} />{t(`desk.kinds.${each}`)}</label>)}</div>
        </fieldset>
        <fieldset>
          <legend>{t("desk.goods")}</legend>
          {products.length === 0 && <p className="wb-soft">{t("desk.noGoods")}</p>}
          {products.map(({ variant_id, title, variant_title, price_amount, left, thumbnail }) => (
            <div key={variant_id} className="gb-goods">
              <label className="gb-tick wb-product">
                <input type="checkbox" name="variant" value={variant_id} />
                <span>{title} <small>{variant_title} · {money((price_amount ?? 0) / 100)} · {t("desk.left", { n: left ?? "∞" })}</small></span>
                {thumbnail && <img src={thumbnail} alt="" width={56} height={56} loading="lazy" />}
              </label>
              <div className="gb-pair">
                <label>{t("desk.together")}<input name={`together:${variant_id}`} type="number" step="0.01" min="0.01" max={(price_amount ?? 1) / 100} defaultValue={Math.max(1, Math.floor((price_amount ?? 0) * 0.9)) / 100} /></label>
                <label className="gb-community">{t("desk.furtherPrice")}<input name={`further:${variant_id}`} type="number" step="0.01" min="0.01" /></label>
                <label>{t("desk.stock")}<input name={`stock:${variant_id}`} type="number" min="0" max={left ?? undefined} defaultValue={Math.min(100, left ?? 100)} /></label>
              </div>
            </div>
          ))}
        </fieldset>
        <label className="gb-team">{t("desk.teamSize")}<input name="team_size" type="number" min="2" max="1000" defaultValue={typed.team_size ?? 3} required /></label>
        <div className="gb-pair gb-community">
          <label>{t("desk.by")}<select name="by" defaultValue={typed.by ?? "people"}>{(["people", "pieces", "amount"] as const).map((each) => <option key={each} value={each}>{t(`desk.measure.${each}`)}</option>)}</select></label>
          <label>{t("desk.target")}<input name="target" type="number" min="1" defaultValue={typed.target ?? 5} required /></label>
          <label>{t("desk.further")}<input name="further" type="number" min="1" defaultValue={typed.further ?? ""} /></label>
        </div>
        <label>{t("desk.limit")}<input name="limit" type="number" min="1" defaultValue={typed.limit ?? ""} /></label>
        <label>{t("desk.title")}<input name="title" maxLength={80} defaultValue={typed.title ?? ""} /></label>
        <label>{t("desk.titleEn")}<input name="title_en" maxLength={80} defaultValue={typed.title_en ?? ""} /></label>
        <TimeFields now={now} defaults={defaults} typed={typed} />
        <div className="gb-community"><RepeatField chosen={typed.repeats ?? "none"} /></div>
        <div className="wb-buttons"><button className="wb-button" name="do" value="open" disabled={busy}>{t("desk.openNow")}</button><button className="wb-button is-quiet" name="do" value="draft" disabled={busy}>{t("desk.saveDraft")}</button></div>
      </Form>
    </section>
  )
}
