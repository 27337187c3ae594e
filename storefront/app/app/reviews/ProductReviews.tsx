import { useTranslation } from "@fangshi/storefront-kit"
import type { ReviewSummary } from "@fangshi/contracts"
import { Link } from "react-router"
import { PublicReviewItem } from "./ReviewItem"
import { StarRow } from "./Stars"
import type { ShownReview } from "./review-form"

/** How many are shown on the product's own page. */
export const FIRST_REVIEWS = 3

/** The part of a product's page that says what buyers think of it. */
export function ProductReviews({ handle, summary, reviews }: { handle: string; summary: ReviewSummary; reviews: ShownReview[] }) {
  const { t } = useTranslation()
  return (
    <section className="fs-panel fs-reviews" id="reviews">
      <h2>{t("reviews.title")}{summary.count > 0 && <small>{summary.count}</small>}</h2>
      {summary.average === null ? <p className="fs-review-none">{t("reviews.none")}</p> : (
        <>
          <p className="fs-review-figure"><b>{summary.average.toFixed(1)}</b><StarRow stars={summary.average} /></p>
          <ul>{reviews.map((review) => <PublicReviewItem key={review.id} review={review} />)}</ul>
          <p><Link className="fs-button is-quiet fs-wide" to={`/p/${handle}/reviews`}>{t("reviews.all", { count: summary.count })}</Link></p>
        </>
      )}
    </section>
  )
}

/** What search engines read of a product's reviews; nothing where there are none. */
export function reviewData({ title, picture }: { title: string; picture: string | null }, summary: ReviewSummary, origin: string): { "script:ld+json": Record<string, unknown> }[] {
  if (summary.average === null) return []
  return [{
    "script:ld+json": {
      "@context": "https://schema.org",
      "@type": "Product",
      name: title,
      ...(picture ? { image: new URL(picture, origin).href } : {}),
      aggregateRating: { "@type": "AggregateRating", ratingValue: summary.average, reviewCount: summary.count, bestRating: 5, worstRating: 1 },
    },
  }]
}
