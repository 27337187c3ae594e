import { useMoney, useTranslation } from "@fangshi/storefront-kit"
import { type ActionFunctionArgs, Form, Link, type LoaderFunctionArgs, redirect, useLoaderData, useNavigation } from "react-router"
import { PageLinks } from "../../PageLinks"
import "../../account/texts"
import { dayAndTime } from "../../day-and-time"
import { formOf } from "../../form.server"
import { pageOf } from "../../list-order"
import { localeOf } from "../../locale.server"
import { requireMember } from "../../member.server"
import { loadNotices, markRead, pageOfNotice } from "../../notices/notices.server"
import "../../notices/texts"

const PAGE = 20

export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const locale = await localeOf(request, shop)
  const { token } = await requireMember(request, shop, locale)
  const page = pageOf(new URL(request.url).searchParams.get("page"))
  const told = await loadNotices(shop, locale, token, page)
  if (!told.ok) throw new Response(told.text, { status: 503 })
  const { notices, unread_count } = told.value
  return { page, unread_count, notices: notices.map(({ news, ...notice }) => ({ ...notice, news: news && { title: news.title[locale], text: news.text[locale] }, at: dayAndTime(notice.created_at, locale, shop.time_zone) })) }
}

/** Opens a notice, or without an id marks all as read. */
export async function action({ request, context: { shop } }: ActionFunctionArgs) {
  const locale = await localeOf(request, shop)
  const { token } = await requireMember(request, shop, locale)
  const id = (await formOf(request)).get("id")
  const told = await markRead(shop, locale, token, typeof id === "string" ? id : null)
  // What is gone meanwhile leads back to what is there.
  return redirect(told.ok && told.value.notice ? pageOfNotice(told.value.notice) : "/account/notices")
}

export default function Notices() {
  const { t } = useTranslation()
  const money = useMoney()
  const { notices, page, unread_count } = useLoaderData<typeof loader>()
  const busy = useNavigation().state !== "idle"
  return (
    <section className="fs-narrow">
      <div className="fs-notices-head">
        <h1 className="fs-title">{t("account.notices.title")}</h1>
        {unread_count > 0 && <Form method="post"><button className="fs-link" disabled={busy}>{t("notices.readAll", { count: unread_count })}</button></Form>}
      </div>
      {notices.length === 0 ? (
        <div className="fs-empty"><h2>{t("notices.empty")}</h2><p>{t("notices.emptyHint")}</p><Link to="/account/orders" className="fs-button">{t("account.orders.title")}</Link></div>
      ) : (
        <ul className="fs-panel fs-notices">
          {notices.map((notice) => (
            <li key={notice.id} className={notice.read ? undefined : "is-unread"}>
              <Form method="post">
                <button name="id" value={notice.id} className="fs-notice-row">
                  <b>{!notice.read && <span className="fs-dot" role="img" aria-label={t("notices.unread")} />}{notice.news?.title ?? t(`notices.kind.${notice.kind}`)}</b>
                  <time dateTime={notice.created_at}>{notice.at}</time>
                  <span>{notice.news?.text ?? notice.title}{notice.amount !== null && <> · {money(notice.amount / 100)}</>}</span>
                  {notice.reason && <span>{t("notices.reason", { reason: notice.reason })}</span>}
                  {notice.order_number !== null && <small className="fs-sub">{t("order.number")} {notice.order_number}</small>}
                </button>
              </Form>
            </li>
          ))}
        </ul>
      )}
      <PageLinks page={page} more={notices.length === PAGE} />
    </section>
  )
}
