import { useTranslation } from "@fangshi/storefront-kit"
import { AFTER_SALE_LISTS } from "@fangshi/contracts"
import { type ActionFunctionArgs, Link, type LoaderFunctionArgs, data, redirect, useActionData, useLoaderData } from "react-router"
import { formOf } from "../../form.server"
import { ListPages } from "../../workbench/ListPages"
import { DeskAfterSaleCard } from "../../workbench/DeskAfterSaleCard"
import { type AfterSaleCounts, type DeskAfterSale, fenOf } from "../../workbench/desk"
import { act, problemOf, read } from "../../workbench/desk.server"


export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url)
  const list = AFTER_SALE_LISTS.find((each) => each === searchParams.get("list")) ?? "asked"
  const page = Math.min(1_000, Math.max(1, Number.parseInt(searchParams.get("page") ?? "1", 10) || 1))
  const { after_sales, counts, return_to } = await read<{ after_sales: DeskAfterSale[]; counts: AfterSaleCounts; return_to: string }>(request, shop, `after-sales?list=${list}&page=${page}`)
  return { list, page, counts, after_sales: after_sales.map((request) => ({ ...request, return_to: request.return_to ?? return_to })) }
}

const STEPS = ["approve", "refuse", "receive", "refund", "finish"] as const
const typed = (form: FormData, name: string) => String(form.get(name) ?? "").replace(/\r\n?/g, "\n").trim()

function bodyOf(step: (typeof STEPS)[number], form: FormData): object | null {
  if (step === "refuse") return { reason: typed(form, "reason") }
  if (step === "receive") return { restock: form.get("restock") === "yes" }
  if (step !== "approve") return {}
  const amount = form.has("amount") ? fenOf(form.get("amount")) : undefined
  if (amount === null) return null
  const [lowered_reason, return_to] = [typed(form, "lowered_reason"), typed(form, "return_to")]
  return { ...(amount === undefined ? {} : { approved_amount: amount }), ...(lowered_reason ? { lowered_reason } : {}), ...(return_to ? { return_to } : {}) }
}

export async function action({ request, context: { shop } }: ActionFunctionArgs) {
  const form = await formOf(request)
  const id = String(form.get("after_sale_id") ?? "").slice(0, 80)
  const step = STEPS.find((each) => each === form.get("step"))
  const body = step ? bodyOf(step, form) : null
  if (!step || !body) return data({ id, problem: problemOf("REQUEST_INVALID") }, { status: 400 })
  const { problem } = await act(request, shop, `after-sales/${encodeURIComponent(id)}/${step}`, body)
  return problem ? data({ id, problem }, { status: 409 }) : redirect(new URL(request.url).pathname + new URL(request.url).search)
}

export default function AfterSales() {
  const { t } = useTranslation()
  const { list, page, after_sales, counts } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  return (
    <>
      <h1 className="wb-hidden">{t("afterSales.title")}</h1>
      <nav className="wb-tabs" aria-label={t("afterSales.lists")}>
        {AFTER_SALE_LISTS.map((each) => (
          <Link key={each} to={`?list=${each}`} aria-current={each === list ? "page" : undefined}>{t(`afterSales.list.${each}`)}{each !== "closed" && counts[each] > 0 && <b>{counts[each]}</b>}</Link>
        ))}
      </nav>
      {after_sales.length === 0 ? <p className="wb-empty">{t("afterSales.empty")}</p> : <ul className="wb-list">{after_sales.map((request) => <DeskAfterSaleCard key={request.id} request={request} problem={result?.id === request.id ? result.problem : null} />)}</ul>}
      <ListPages list={list} page={page} count={counts[list]} />
    </>
  )
}
