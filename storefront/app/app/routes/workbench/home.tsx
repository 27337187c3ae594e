import { Slot, useMoney, useTranslation } from "@fangshi/storefront-kit"
import { type ActionFunctionArgs, Link, type LoaderFunctionArgs, redirect, useLoaderData } from "react-router"
import { DeliveryLink } from "../../workbench/DeliveryLink"
import { AfterSaleTodo } from "../../workbench/AfterSaleTodo"
import { ReviewTodo } from "../../workbench/ReviewTodo"
import { StaffNotices } from "../../workbench/StaffNotices"
import { WeekChart } from "../../workbench/WeekChart"
import type { AfterSaleCounts, Counts, ReviewCounts } from "../../workbench/desk"
import { dayAndTime } from "../../day-and-time"
import { formOf } from "../../form.server"
import { localeOf } from "../../locale.server"
import { shopApi } from "../../shop-api.server"
import { loadSlots } from "../../slots.server"
import { act, read, readStaffToken } from "../../workbench/desk.server"
import { loadStaffNotices } from "../../workbench/staff-notices.server"

type Today = { counts: Counts; week: { day: string; orders: number; goods_amount: number }[]; low_stock: number }

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { shop } = context
  const [today, reviews, afterSales] = await Promise.all([read<Today>(request, shop, "today"), read<{ counts: ReviewCounts }>(request, shop, "reviews/counts"), read<{ counts: AfterSaleCounts }>(request, shop, "after-sales/counts")])
  const locale = await localeOf(request, shop)
  const notices = (await loadStaffNotices(request, shop)).map(({ title, text, ...notice }) => ({ ...notice, title: title[locale], text: text[locale], at: dayAndTime(notice.created_at, locale, shop.time_zone) }))
  return { ...today, notices, reviews: reviews.counts, afterSales: afterSales.counts, parts: await loadSlots(context, locale, "workbench.home", {}, shopApi(shop, locale, await readStaffToken(request))) }
}

/** Marks a notice as read. */
export async function action({ request, context: { shop } }: ActionFunctionArgs) {
  const id = (await formOf(request)).get("id")
  if (typeof id === "string") await act(request, shop, "notices", { id })
  return redirect("/workbench")
}

export default function Home() {
  const { t } = useTranslation()
  const money = useMoney()
  const { counts, week, low_stock, reviews, afterSales, notices, parts } = useLoaderData<typeof loader>()
  const today = week.at(-1)
  return (
    <>
      <section className="wb-panel">
        <h1>{t("home.today")}</h1>
        <dl className="wb-figures">
          <div><dt>{t("home.sales")}</dt><dd>{money((today?.goods_amount ?? 0) / 100)}</dd></div>
          <div><dt>{t("home.orders")}</dt><dd>{today?.orders ?? 0}</dd></div>
        </dl>
      </section>
      <section className="wb-todo" aria-label={t("home.todo")}>
        {(["new", "packing", "ready"] as const).map((state) => (
          <Link key={state} to={`/workbench/orders?state=${state}`}><b>{counts[state] ?? 0}</b>{t(`state.${state}`)}</Link>
        ))}
        <span className={low_stock > 0 ? "is-warning" : undefined}><b>{low_stock}</b>{t("home.lowStock")}</span>
      </section>
      {notices.length > 0 && <StaffNotices notices={notices} />}
      <AfterSaleTodo counts={afterSales} />
      <ReviewTodo counts={reviews} />
      <section className="wb-panel">
        <h2>{t("home.week")}</h2>
        <WeekChart week={week} />
      </section>
      <DeliveryLink />
      <Slot name="workbench.home" loaded={parts} />
    </>
  )
}
