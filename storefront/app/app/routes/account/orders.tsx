import { useMoney, useTranslation } from "@fangshi/storefront-kit"
import { Link, type LoaderFunctionArgs, useLoaderData } from "react-router"
import "../../account/texts"
import { dayAndTime } from "../../day-and-time"
import { localeOf } from "../../locale.server"
import { requireMember } from "../../member.server"
import { stateOf } from "../../order-state"
import { pageOf } from "../../list-order"

const PAGE = 10
const MOST_PICTURES = 4

export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const locale = await localeOf(request, shop)
  const { api } = await requireMember(request, shop, locale)
  const page = pageOf(new URL(request.url).searchParams.get("page"))
  const { orders, count } = await api.store.order.list({ limit: PAGE, offset: (page - 1) * PAGE, order: "-created_at", fields: "id,display_id,created_at,status,total,*items,*fulfillments" })
  return {
    page,
    pages: Math.max(1, Math.ceil(count / PAGE)),
    orders: orders.map((order) => ({
      id: order.id,
      number: order.display_id ?? 0,
      at: dayAndTime(order.created_at, locale, shop.time_zone),
      state: stateOf(order),
      total: order.total,
      pieces: (order.items ?? []).reduce((sum, item) => sum + item.quantity, 0),
      title: order.items?.[0]?.product_title ?? "",
      pictures: (order.items ?? []).flatMap((item) => item.thumbnail ?? []).slice(0, MOST_PICTURES),
    })),
  }
}

export default function Orders() {
  const { t } = useTranslation()
  const money = useMoney()
  const { orders, page, pages } = useLoaderData<typeof loader>()
  return (
    <section className="fs-narrow">
      <h1 className="fs-title">{t("account.orders.title")}</h1>
      {orders.length === 0 && (
        <div className="fs-empty"><h2>{t("account.orders.empty")}</h2><Link to="/" className="fs-button">{t("cart.browse")}</Link></div>
      )}
      <ul>
        {orders.map((order) => (
          <li key={order.id} className="fs-panel">
            <Link to={`/account/orders/${order.id}`} className="fs-order-card">
              <span className="fs-order-head"><span>{t("order.number")} {order.number} · {order.at}</span><b>{t(`account.state.${order.state}`)}</b></span>
              <span className="fs-order-goods">
                {order.pictures.map((picture) => <span key={picture} className="fs-picture"><img src={picture} alt="" width={64} height={64} loading="lazy" /></span>)}
                <span>{order.title}</span>
              </span>
              <p><span className="fs-sub">{t("account.orders.pieces", { count: order.pieces })}</span><b>{money(order.total)}</b></p>
            </Link>
          </li>
        ))}
      </ul>
      {pages > 1 && (
        <nav className="fs-pages" aria-label={t("list.pages")}>
          {page > 1 && <Link className="fs-button is-quiet" rel="prev" to={`?page=${page - 1}`}>{t("list.previous")}</Link>}
          <span>{page} / {pages}</span>
          {page < pages && <Link className="fs-button is-quiet" rel="next" to={`?page=${page + 1}`}>{t("list.next")}</Link>}
        </nav>
      )}
    </section>
  )
}
