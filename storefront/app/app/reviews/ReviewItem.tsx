import { useTranslation } from "@fangshi/storefront-kit"
import type { ReactNode } from "react"
import { Link, useLocation } from "react-router"
import { Pictures } from "../pictures/Pictures"
import { StarRow } from "./Stars"
import type { ShownReview } from "./review-form"

/** What was said and answered: stars, text, pictures, what was added later, the shop's reply. `children`: what can be done with it. */
export function ReviewItem({ review, name, children }: { review: ShownReview; name: string; children?: ReactNode }) {
  const { t } = useTranslation()
  const { stars, text, pictures, follow_up, reply, variant_title, at } = review
  return (
    <li className="fs-review">
      <p className="fs-review-head"><b>{name}</b><StarRow stars={stars} /><time dateTime={review.created_at}>{at}</time></p>
      {variant_title && <p className="fs-review-variant">{variant_title}</p>}
      <p className={text ? "fs-review-text" : "fs-review-text is-silent"}>{text || t("reviews.silent")}</p>
      <Pictures pictures={pictures} />
      {follow_up && <p className="fs-review-more"><b>{t("reviews.followUp")}</b> {follow_up}</p>}
      {reply && <p className="fs-review-reply"><b>{t("reviews.reply")}</b> {reply}</p>}
      {children}
    </li>
  )
}

/** Another buyer's review as every visitor sees it, with the way to object to it. */
export function PublicReviewItem({ review }: { review: ShownReview }) {
  const { t } = useTranslation()
  const { pathname, search } = useLocation()
  return (
    <ReviewItem review={review} name={review.erased ? t("reviews.erased") : (review.author_name ?? t("reviews.anonymous"))}>
      {!review.erased && <p className="fs-review-foot"><Link rel="nofollow" to={`/account/reviews/${review.id}/report?back=${encodeURIComponent(pathname + search)}`}>{t("reviews.report.open")}</Link></p>}
    </ReviewItem>
  )
}
