import { useTranslation } from "@fangshi/storefront-kit"
import { type LoaderFunctionArgs, useLoaderData } from "react-router"
import { ProductList } from "../ProductList"
import { loadList } from "../catalogue.server"
import { localeOf } from "../locale.server"

export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const locale = await localeOf(request, shop)
  const url = new URL(request.url)
  const q = (url.searchParams.get("q") ?? "").trim().slice(0, 60)
  return { q, list: q ? await loadList(shop, locale, url, { q }) : null }
}

export default function Search() {
  const { t } = useTranslation()
  const { q, list } = useLoaderData<typeof loader>()
  if (!list) return <h1 className="fs-title">{t("search.nothing")}</h1>
  return <ProductList title={t("search.results", { q })} {...list} />
}
