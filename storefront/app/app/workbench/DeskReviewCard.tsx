import { useTranslation } from "@fangshi/storefront-kit"
import { HIDE_REASONS, REVIEW_LIMITS, may } from "@fangshi/contracts"
import { Form, useNavigation, useRouteLoaderData } from "react-router"
import { ProblemNote } from "./ProblemNote"
import { useClock } from "./clock"
import type { DeskReview, Me, Problem } from "./desk"

/** A review with what can be done about it: answer, hide with a reason, or decide that it stays. */
export function DeskReviewCard({ review, problem }: { review: DeskReview; problem: Problem | null }) {
  const { t } = useTranslation()
  const clock = useClock()
  const busy = useNavigation().state !== "idle"
  const me = useRouteLoaderData<{ me: Me }>("routes/workbench/signed-in")?.me
  const { id, stars, text, title, variant_title, author_name, erased, pictures, follow_up, reply, state, hidden_reason, reports, created_at, merchant_name } = review
  return (
    <li className="wb-card">
      <p className="wb-card-head"><b role="img" aria-label={t("reviews.stars", { stars })}>{"★".repeat(stars)}<span className="wb-faint">{"★".repeat(5 - stars)}</span></b><time dateTime={created_at}>{clock(created_at)}</time>{merchant_name && <span className="wb-tag">{merchant_name}</span>}</p>
      <p className="wb-soft">{title} {variant_title} · {author_name ?? t(erased ? "reviews.erased" : "reviews.anonymous")}</p>
      <p className="wb-said">{text || t("reviews.silent")}</p>
      {pictures.length > 0 && <ul className="wb-pictures">{pictures.map(({ url }, i) => <li key={url}><a href={url} target="_blank" rel="noreferrer"><img src={url} alt={t("reviews.picture", { number: i + 1 })} width={72} height={72} loading="lazy" /></a></li>)}</ul>}
      {follow_up && <p className="wb-note">{t("labelled", { label: t("reviews.followUp"), value: follow_up })}</p>}
      {hidden_reason && <p className="wb-note">{t("reviews.hidden", { reason: t(`reviews.reasons.${hidden_reason}`) })}</p>}
      {reports.length > 0 && <ul className="wb-problem">{reports.map((report, i) => <li key={i}>{t("reviews.reported", { reason: t(`reviews.reasons.${report.reason}`) })}{report.note && `: ${report.note}`}</li>)}</ul>}
      <ProblemNote problem={problem} />
      {!erased && (
        <Form method="post" className="wb-form" preventScrollReset key={reply}>
          <input type="hidden" name="review_id" value={id} />
          <label>{t("reviews.reply")}<textarea name="text" rows={2} maxLength={REVIEW_LIMITS.reply} defaultValue={reply ?? ""} required /></label>
          <button name="step" value="reply" className={reply ? "wb-button is-quiet" : "wb-button"} disabled={busy}>{t(reply ? "reviews.changeReply" : "reviews.sendReply")}</button>
        </Form>
      )}
      {me && may(me.role, "hideReviews") && (
        <Form method="post" preventScrollReset>
          <input type="hidden" name="review_id" value={id} />
          {reports.length > 0 && <p className="wb-buttons"><button name="step" value="keep" className="wb-button is-quiet" disabled={busy}>{t("reviews.keep")}</button></p>}
          {state === "hidden" ? <button name="step" value="show" className="wb-link" disabled={busy}>{t("reviews.show")}</button> : (
            <details>
              <summary className="wb-link">{t("reviews.hide")}</summary>
              <div className="wb-form">
                <p className="wb-soft">{t("reviews.hideHint")}</p>
                <label>{t("reviews.hideReason")}<select name="reason">{HIDE_REASONS.map((reason) => <option key={reason} value={reason}>{t(`reviews.reasons.${reason}`)}</option>)}</select></label>
                <button name="step" value="hide" className="wb-button is-danger" disabled={busy}>{t("reviews.hideSure")}</button>
              </div>
            </details>
          )}
        </Form>
      )}
    </li>
  )
}
