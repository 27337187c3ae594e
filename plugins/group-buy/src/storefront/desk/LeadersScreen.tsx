import { type PageProps, ProblemNote, useShop, useTranslation } from "@fangshi/storefront-kit"
import { Form } from "react-router"
import type { LeaderView } from "../../contract"
import { shopTime } from "../shop-time"

/** Leaders and those who want to be: approve, refuse, suspend. */
export default function LeadersScreen({ data: { leaders }, result, problem, busy }: PageProps<{ leaders: LeaderView[] }, { name: string; status: LeaderView["status"] }>) {
  const { t } = useTranslation("group-buy")
  const { locale, time_zone } = useShop()
  return (
    <>
      <section className="wb-panel"><h1>{t("desk.leaders")}</h1><ProblemNote problem={problem} />{result && <p className="wb-good" role="status">{result.name}: {t(`leader.status.${result.status}`)}</p>}</section>
      {leaders.length === 0 && <p className="wb-empty">{t("desk.noLeaders")}</p>}
      <ul className="wb-list">
        {leaders.map(({ leader_id, name, leader_name, phone, status, level, commission_basis_points, province, city, district, address, applied_at }) => (
          <li key={leader_id} className="wb-card">
            <p className="wb-card-head"><b>{name}</b><span className={`wb-tag${status === "pending" ? " is-new" : status === "approved" ? " is-done" : ""}`}>{t(`leader.status.${status}`)}</span></p>
            <p>{leader_name} · {phone}</p>
            <p className="wb-soft">{province}{city}{district}{address} · {shopTime(applied_at, locale, time_zone)}</p>
            {status === "approved" && <p className="wb-soft">{t("leader.level", { n: level, percent: commission_basis_points / 100 })}</p>}
            <Form method="post" className="wb-form">
              <input type="hidden" name="leader_id" value={leader_id} />
              {status === "pending" && <button className="wb-button" name="decision" value="approve" disabled={busy}>{t("desk.approve")}</button>}
              {status === "suspended" && <button className="wb-button" name="decision" value="approve" disabled={busy}>{t("desk.approveAgain")}</button>}
              {(status === "pending" || status === "approved") && (
                <details className="gb-more">
                  <summary>{t(status === "pending" ? "desk.refuseLeader" : "desk.suspend")}</summary>
                  <label>{t("desk.reason")}<input name="reason" maxLength={200} /></label>
                  <button className="wb-button is-danger" name="decision" value={status === "pending" ? "refuse" : "suspend"} disabled={busy}>{t(status === "pending" ? "desk.refuseLeader" : "desk.suspend")}</button>
                </details>
              )}
            </Form>
          </li>
        ))}
      </ul>
    </>
  )
}
