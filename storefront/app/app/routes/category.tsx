import { type LoaderFunctionArgs, useLoaderData } from "react-router"
import { PAGE_SIZE, ProductList, pageOf, sortOf } from "../ProductList"
import { Sections } from "../Sections"
import { SORTS } from "../list-order"
import { localeOf } from "../locale.server"
import { loadPage } from "../page.server"
import { metaOfLoader } from "../share/meta"
import { shareMeta } from "../share/share-meta.server"
import { categoryIds, listTiles, shopFrame } from "../shop-api.server"

export async function loader({ request, params, context: { shop } }: LoaderFunctionArgs) {
  const locale = await localeOf(request, shop)
  const frame = await shopFrame(shop, locale)
  const category = frame.categories.find((candidate) => candidate.handle === params.handle)
  if (!category) throw new Response("no such category", { status: 404 })
  const url = new URL(request.url)
  const sort = sortOf(url.searchParams.get("sort"))
  const page = pageOf(url.searchParams.get("page"))
  const list = await listTiles(shop, locale, { category_id: categoryIds(frame, category.handle), order: SORTS[sort], limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE })
  const { sections } = await loadPage(request, shop, locale, "category")
  return { sections, list: { title: category.name, ...list, sort, page }, meta: shareMeta(request, shop, locale, { title: category.name, picture: list.tiles[0]?.picture }) }
}

export const meta = metaOfLoader

export default function Category() {
  const { sections, list } = useLoaderData<typeof loader>()
  return <Sections sections={sections}><ProductList {...list} /></Sections>
}
