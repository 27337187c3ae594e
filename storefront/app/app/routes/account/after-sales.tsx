import { useTranslation } from "@fangshi/storefront-kit"
import type { AfterSale } from "@fangshi/contracts"
import { Link, type LoaderFunctionArgs, useLoaderData } from "react-router"
import "../../account/texts"
import { AfterSaleCard } from "../../after-sales/AfterSaleCard"
import { PageLinks } from "../../PageLinks"
import { localeOf } from "../../locale.server"
import { askMembers, requireMember } from "../../member.server"
import { pageOf } from "../../list-order"
import "../../after-sales/texts"

const PAGE = 20

export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const locale = await localeOf(request, shop)
  const { token } = await requireMember(request, shop, locale)
  const page = pageOf(new URL(request.url).searchParams.get("page"))
  const told = await askMembers<{ after_sales: AfterSale[] }>(shop, locale, token, "GET", `me/after-sales?page=${page}`)
  if (!told.ok) throw new Response(told.text, { status: 503 })
  return { page, after_sales: told.value.after_sales }
}

export default function AfterSales() {
  const { t } = useTranslation()
  const { after_sales, page } = useLoaderData<typeof loader>()
  return (
    <section className="fs-narrow">
      <h1 className="fs-title">{t("account.after-sales.title")}</h1>
      {after_sales.length === 0 ? (
        <div className="fs-empty"><h2>{t("afterSales.empty")}</h2><p>{t("afterSales.emptyHint")}</p><Link to="/account/orders" className="fs-button">{t("account.orders.title")}</Link></div>
      ) : <ul className="fs-panel">{after_sales.map((request) => <AfterSaleCard key={request.id} request={request} />)}</ul>}
      <PageLinks page={page} more={after_sales.length === PAGE} />
    </section>
  )
}
