import { type LoaderFunctionArgs, useLoaderData } from "react-router"
import { ProductList } from "../ProductList"
import { Sections } from "../Sections"
import { loadList } from "../catalogue.server"
import { localeOf } from "../locale.server"
import { loadPage } from "../page.server"
import { metaOfLoader } from "../share/meta"
import { shareMeta } from "../share/share-meta.server"
import { categoryIds, shopFrame } from "../shop-api.server"

export async function loader({ request, params, context: { shop } }: LoaderFunctionArgs) {
  const locale = await localeOf(request, shop)
  const frame = await shopFrame(shop, locale)
  const category = frame.categories.find((candidate) => candidate.handle === params.handle)
  if (!category) throw new Response("no such category", { status: 404 })
  const [list, { sections }] = await Promise.all([
    loadList(shop, locale, new URL(request.url), { category_id: categoryIds(frame, category.handle) }),
    loadPage(request, shop, locale, "category"),
  ])
  return { sections, list: { title: category.name, ...list }, meta: shareMeta(request, shop, locale, { title: category.name, picture: list.tiles[0]?.picture }) }
}

export const meta = metaOfLoader

export default function Category() {
  const { sections, list } = useLoaderData<typeof loader>()
  return <Sections sections={sections}><ProductList {...list} /></Sections>
}
