import { useTranslation } from "react-i18next"
import { type LoaderFunctionArgs, useLoaderData } from "react-router"
import { PAGE_SIZE, ProductList, pageOf, sortOf } from "../ProductList"
import { SORTS } from "../list-order"
import { localeOf } from "../locale.server"
import { listTiles } from "../shop-api.server"

export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const locale = await localeOf(request, shop)
  const url = new URL(request.url)
  const q = (url.searchParams.get("q") ?? "").trim().slice(0, 60)
  const sort = sortOf(url.searchParams.get("sort"))
  const page = pageOf(url.searchParams.get("page"))
  const list = q ? await listTiles(shop, locale, { q, order: SORTS[sort], limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE }) : { tiles: [], count: 0 }
  return { q, ...list, sort, page }
}

export default function Search() {
  const { t } = useTranslation()
  const { q, ...list } = useLoaderData<typeof loader>()
  return <ProductList title={q ? t("search.results", { q }) : t("search.nothing")} {...list} />
}
