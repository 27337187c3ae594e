import { type PageProps, ProblemNote, useMoney, useShop, useTranslation } from "@fangshi/storefront-kit"
import { Form, Link } from "react-router"
import type { Claim } from "../../contract"
import { CLAIM_STATES } from "../../contract/participation"
import { shopTime } from "../shop-time"
import type { ClaimsData } from "./asks"

/** What customers are not content with: give back all, some or nothing. */
export default function ClaimsScreen({ data: { claims, status }, result, problem, busy }: PageProps<ClaimsData, { status: Claim["status"]; amount: number }>) {
  const { t } = useTranslation("group-buy")
  const { locale, time_zone } = useShop()
  const money = useMoney()
  return (
    <>
      <section className="wb-panel">
        <h1>{t("desk.claims")}</h1>
        <nav className="wb-tabs" aria-label={t("desk.claims")}>{CLAIM_STATES.map((each) => <Link key={each} to={`?status=${each}`} aria-current={each === status ? "page" : undefined}>{t(`desk.claim.${each}`)}</Link>)}</nav>
        <ProblemNote problem={problem} />
        {result && <p className="wb-good" role="status">{result.status === "approved" ? t("desk.claim.gave", { amount: money(result.amount / 100) }) : t("desk.claim.refused")}</p>}
      </section>
      {claims.length === 0 && <p className="wb-empty">{t("desk.claim.none")}</p>}
      <ul className="wb-list">
        {claims.map(({ id, customer, order_number, campaign_id, campaign_title, reason, wanted_amount, approved_amount, most_amount, created_at }) => (
          <li key={id} className="wb-card">
            <p className="wb-card-head"><b>{customer}</b><span className="wb-money">{money(wanted_amount / 100)}</span></p>
            <p>{reason}</p>
            <p className="wb-soft"><Link to={`/workbench/x/group-buy/campaigns/${campaign_id}`}>{campaign_title[locale]}</Link>{order_number !== null && ` · #${order_number}`} · {shopTime(created_at, locale, time_zone)}</p>
            {status === "approved" && <p className="wb-soft">{t("desk.claim.gave", { amount: money((approved_amount ?? 0) / 100) })}</p>}
            {status === "open" && (
              <Form method="post" className="wb-form">
                <input type="hidden" name="claim_id" value={id} />
                <label>{t("desk.claim.amount", { most: money(most_amount / 100) })}<input name="amount" type="number" step="0.01" min="0.01" max={most_amount / 100} defaultValue={(Math.min(wanted_amount, most_amount) / 100).toFixed(2)} /></label>
                <div className="wb-buttons"><button className="wb-button" name="decision" value="approve" disabled={busy || most_amount === 0}>{t("desk.claim.give")}</button><button className="wb-button is-quiet" name="decision" value="refuse" formNoValidate disabled={busy}>{t("desk.claim.refuse")}</button></div>
              </Form>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
