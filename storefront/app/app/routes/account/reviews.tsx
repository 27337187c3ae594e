import { useTranslation } from "@fangshi/storefront-kit"
import { type PublicReview, REVIEW_LIMITS } from "@fangshi/contracts"
import { type ActionFunctionArgs, Form, Link, type LoaderFunctionArgs, data, redirect, useActionData, useLoaderData, useNavigation } from "react-router"
import { PageLinks } from "../../PageLinks"
import "../../account/texts"
import { formOf } from "../../form.server"
import { localeOf } from "../../locale.server"
import { askMembers, requireMember } from "../../member.server"
import { pageOf } from "../../list-order"
import { typedText } from "../../pictures/picture-form"
import { ReviewItem } from "../../reviews/ReviewItem"
import { shownReview } from "../../reviews/reviews.server"

type DueLine = { line_item_id: string; title: string; variant_title: string | null; thumbnail: string | null }
type OwnReview = PublicReview & { title: string; handle: string | null; state: "shown" | "hidden"; hidden_reason: string | null }
const PAGE = 20
const ID = /^[\w-]{1,80}$/

export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const locale = await localeOf(request, shop)
  const { token } = await requireMember(request, shop, locale)
  const page = pageOf(new URL(request.url).searchParams.get("page"))
  const told = await askMembers<{ due: DueLine[]; reviews: OwnReview[] }>(shop, locale, token, "GET", `me/reviews?page=${page}`)
  if (!told.ok) throw new Response(told.text, { status: 503 })
  return { page, due: told.value.due, reviews: told.value.reviews.map((review) => shownReview(review, locale, shop)), thanks: new URL(request.url).searchParams.has("done") }
}

/** What is added to a review later. */
export async function action({ request, context: { shop } }: ActionFunctionArgs) {
  const locale = await localeOf(request, shop)
  const { token } = await requireMember(request, shop, locale)
  const form = await formOf(request)
  const id = String(form.get("review_id") ?? "")
  const text = typedText(form.get("text"), REVIEW_LIMITS.follow_up)
  if (!ID.test(id)) throw new Response("no such review", { status: 404 })
  if (!text) return data({ id, text: null as string | null }, { status: 422 })
  const told = await askMembers(shop, locale, token, "POST", `me/reviews/${id}/follow-up`, { text })
  return told.ok ? redirect("/account/reviews?done=1") : data({ id, text: told.text as string | null }, { status: 409 })
}

export default function Reviews() {
  const { t } = useTranslation()
  const { due, reviews, page, thanks } = useLoaderData<typeof loader>()
  return (
    <section className="fs-narrow">
      <h1 className="fs-title">{t("account.reviews.title")}</h1>
      {thanks && <p className="fs-notice is-good" role="status">{t("reviews.thanks")}</p>}
      {page === 1 && (
        <div className="fs-panel">
          <h2>{t("reviews.due.title")}</h2>
          {due.length === 0 ? <p className="fs-review-none">{t("reviews.due.none")}</p> : (
            <ul>
              {due.map((line) => (
                <li key={line.line_item_id} className="fs-line">
                  <span className="fs-picture">{line.thumbnail && <img src={line.thumbnail} alt="" width={84} height={84} loading="lazy" />}</span>
                  <div><h3>{line.title}</h3><p className="fs-sub">{line.variant_title}</p><Link className="fs-button is-quiet" to={`/account/reviews/new/${line.line_item_id}`}>{t("reviews.due.write")}</Link></div>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
      <div className="fs-panel fs-reviews">
        <h2>{t("reviews.own.title")}</h2>
        {reviews.length === 0 ? <p className="fs-review-none">{t("reviews.own.none")}</p> : <ul>{reviews.map((review) => <OwnItem key={review.id} review={review} />)}</ul>}
      </div>
      <PageLinks page={page} more={reviews.length === PAGE} />
    </section>
  )
}

function OwnItem({ review }: { review: Awaited<ReturnType<typeof loader>>["reviews"][number] }) {
  const { t } = useTranslation()
  const result = useActionData<typeof action>()
  const busy = useNavigation().state !== "idle"
  const mine = result?.id === review.id ? result : null
  const field = `more-${review.id}`
  return (
    <ReviewItem review={review} name={review.title}>
      {review.hidden_reason && <p className="fs-notice">{t("reviews.own.hidden", { reason: t(`reviews.reasons.${review.hidden_reason}`) })}</p>}
      {!review.follow_up && (
        <details open={mine !== null}>
          <summary className="fs-link">{t("reviews.own.more")}</summary>
          <Form method="post" className="fs-fields" preventScrollReset>
            <input type="hidden" name="review_id" value={review.id} />
            <p className="fs-field"><label htmlFor={field}>{t("reviews.own.moreLabel")}</label><textarea id={field} name="text" rows={3} maxLength={REVIEW_LIMITS.follow_up} required aria-invalid={mine ? true : undefined} /></p>
            {mine && <p className="fs-notice" role="alert">{mine.text ?? t("reviews.own.moreEmpty")}</p>}
            <button className="fs-button" disabled={busy}>{t("reviews.own.moreSend")}</button>
          </Form>
        </details>
      )}
    </ReviewItem>
  )
}
