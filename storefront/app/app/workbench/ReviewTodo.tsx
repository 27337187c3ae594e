import { useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"
import type { ReviewCounts } from "./desk"

/** Reviews that wait for an answer or a decision, on the workbench's first page. */
export function ReviewTodo({ counts }: { counts: ReviewCounts }) {
  const { t } = useTranslation()
  return (
    <section className="wb-todo is-pair" aria-label={t("reviews.title")}>
      <Link to="/workbench/reviews"><b>{counts.unanswered}</b>{t("reviews.todo.unanswered")}</Link>
      <Link to="/workbench/reviews?list=reported" className={counts.reported > 0 ? "is-warning" : undefined}><b>{counts.reported}</b>{t("reviews.todo.reported")}</Link>
    </section>
  )
}
