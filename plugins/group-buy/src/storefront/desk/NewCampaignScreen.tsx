import { type PageProps, ProblemNote, useMoney, useTranslation } from "@fangshi/storefront-kit"
import { useState } from "react"
import { Form } from "react-router"
import { TimeFields } from "./TimeFields"
import type { NewData } from "./asks"

const KINDS = ["community", "team"] as const

/** A campaign from the catalogue's products, as a draft or opened at once. */
export default function NewCampaignScreen({ data: { products, defaults, q, now }, problem, typed, busy }: PageProps<NewData>) {
  const { t } = useTranslation("group-buy")
  const money = useMoney()
  const [kind, setKind] = useState<string>(typed.kind ?? "community")
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const toggle = (variant: string, on: boolean) => setChosen(new Set(on ? [...chosen, variant] : [...chosen].filter((each) => each !== variant)))
  return (
    <section className="wb-panel">
      <h1>{t("desk.new")}</h1>
      <ProblemNote problem={problem} />
      <Form method="get" className="wb-search"><input type="search" name="q" defaultValue={q} aria-label={t("desk.search")} placeholder={t("desk.search")} /><button className="wb-button is-quiet">{t("desk.find")}</button></Form>
      <Form method="post" className="wb-form">
        <fieldset>
          <legend>{t("desk.kind")}</legend>
          <div className="gb-pair">{KINDS.map((each) => <label key={each} className="gb-tick"><input type="radio" name="kind" value={each} checked={kind === each} onChange={() => setKind(each)} />{t(`desk.kinds.${each}`)}</label>)}</div>
        </fieldset>
        <fieldset>
          <legend>{t("desk.goods")}</legend>
          {products.length === 0 && <p className="wb-soft">{t("desk.noGoods")}</p>}
          {products.map(({ variant_id, title, variant_title, price_amount, left, thumbnail }) => (
            <div key={variant_id}>
              <label className="gb-tick wb-product">
                <input type={kind === "team" ? "radio" : "checkbox"} name="variant" value={variant_id} checked={chosen.has(variant_id)} onChange={(event) => (kind === "team" ? setChosen(new Set([variant_id])) : toggle(variant_id, event.currentTarget.checked))} />
                <span>{title} <small>{variant_title} · {money((price_amount ?? 0) / 100)} · {t("desk.left", { n: left ?? "∞" })}</small></span>
                {thumbnail && <img src={thumbnail} alt="" width={56} height={56} loading="lazy" />}
              </label>
              {chosen.has(variant_id) && (
                <div className="gb-pair">
                  <label>{t("desk.together")}<input name={`together:${variant_id}`} type="number" step="0.01" min="0.01" max={(price_amount ?? 1) / 100} defaultValue={Math.floor((price_amount ?? 0) * 0.9) / 100} required /></label>
                  {kind === "community" && <label>{t("desk.furtherPrice")}<input name={`further:${variant_id}`} type="number" step="0.01" min="0.01" /></label>}
                  <label>{t("desk.stock")}<input name={`stock:${variant_id}`} type="number" min="1" max={left ?? undefined} defaultValue={Math.max(1, Math.min(100, left ?? 100))} required /></label>
                </div>
              )}
            </div>
          ))}
        </fieldset>
        {kind === "team" ? <label>{t("desk.teamSize")}<input name="team_size" type="number" min="2" max="1000" defaultValue={typed.team_size ?? 3} required /></label> : (
          <div className="gb-pair">
            <label>{t("desk.by")}<select name="by" defaultValue={typed.by ?? "people"}>{(["people", "pieces", "amount"] as const).map((each) => <option key={each} value={each}>{t(`desk.measure.${each}`)}</option>)}</select></label>
            <label>{t("desk.target")}<input name="target" type="number" min="1" defaultValue={typed.target ?? 5} required /></label>
            <label>{t("desk.further")}<input name="further" type="number" min="1" defaultValue={typed.further ?? ""} /></label>
          </div>
        )}
        <label>{t("desk.limit")}<input name="limit" type="number" min="1" defaultValue={typed.limit ?? ""} /></label>
        <label>{t("desk.title")}<input name="title" maxLength={80} defaultValue={typed.title ?? ""} /></label>
        <label>{t("desk.titleEn")}<input name="title_en" maxLength={80} defaultValue={typed.title_en ?? ""} /></label>
        <TimeFields now={now} defaults={defaults} typed={typed} arrives={kind === "community"} />
        <div className="wb-buttons"><button className="wb-button" name="do" value="open" disabled={busy || chosen.size === 0}>{t("desk.openNow")}</button><button className="wb-button is-quiet" name="do" value="draft" disabled={busy || chosen.size === 0}>{t("desk.saveDraft")}</button></div>
      </Form>
    </section>
  )
}
