import { useTranslation } from "@fangshi/storefront-kit"
import { REVIEW_LISTS } from "@fangshi/contracts"
import { type ActionFunctionArgs, Link, type LoaderFunctionArgs, data, redirect, useActionData, useLoaderData } from "react-router"
import { formOf } from "../../form.server"
import { ListPages } from "../../workbench/ListPages"
import { DeskReviewCard } from "../../workbench/DeskReviewCard"
import type { DeskReview, ReviewCounts } from "../../workbench/desk"
import { act, problemOf, read } from "../../workbench/desk.server"


export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url)
  const list = REVIEW_LISTS.find((each) => each === searchParams.get("list")) ?? "unanswered"
  const page = Math.min(1_000, Math.max(1, Number.parseInt(searchParams.get("page") ?? "1", 10) || 1))
  return { list, page, ...(await read<{ reviews: DeskReview[]; counts: ReviewCounts }>(request, shop, `reviews?list=${list}&page=${page}`)) }
}

const STEPS = ["reply", "hide", "show", "keep"] as const

export async function action({ request, context: { shop } }: ActionFunctionArgs) {
  const form = await formOf(request)
  const id = String(form.get("review_id") ?? "").slice(0, 80)
  const step = STEPS.find((each) => each === form.get("step"))
  if (!step) return data({ id, problem: problemOf("REQUEST_INVALID") }, { status: 400 })
  const body = { reply: { text: String(form.get("text") ?? "").replace(/\r\n?/g, "\n").trim() }, hide: { reason: form.get("reason") }, show: {}, keep: {} }[step]
  const { problem } = await act(request, shop, `reviews/${encodeURIComponent(id)}/${step}`, body)
  return problem ? data({ id, problem }, { status: 409 }) : redirect(new URL(request.url).pathname + new URL(request.url).search)
}

export default function Reviews() {
  const { t } = useTranslation()
  const { list, page, reviews, counts } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  return (
    <>
      <h1 className="wb-hidden">{t("reviews.title")}</h1>
      <nav className="wb-tabs" aria-label={t("reviews.lists")}>
        {REVIEW_LISTS.map((each) => (
          <Link key={each} to={`?list=${each}`} aria-current={each === list ? "page" : undefined}>{t(`reviews.list.${each}`)}{(each === "unanswered" || each === "reported") && counts[each] > 0 && <b>{counts[each]}</b>}</Link>
        ))}
      </nav>
      {reviews.length === 0 ? <p className="wb-empty">{t("reviews.empty")}</p> : <ul className="wb-list">{reviews.map((review) => <DeskReviewCard key={review.id} review={review} problem={result?.id === review.id ? result.problem : null} />)}</ul>}
      <ListPages list={list} page={page} count={counts[list]} />
    </>
  )
}
