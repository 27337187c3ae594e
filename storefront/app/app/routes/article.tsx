import { useShop } from "@fangshi/storefront-kit"
import { type LoaderFunctionArgs, useLoaderData } from "react-router"
import { Sections } from "../Sections"
import { localeOf } from "../locale.server"
import { loadPage } from "../page.server"
import { metaOfLoader } from "../share/meta"
import { shareMeta } from "../share/share-meta.server"

export async function loader({ request, params, context: { shop } }: LoaderFunctionArgs) {
  const locale = await localeOf(request, shop)
  const page = await loadPage(request, shop, locale, "article", params.handle)
  return { ...page, meta: shareMeta(request, shop, locale, { title: page.title?.[locale], kind: "article" }) }
}

export const meta = metaOfLoader

export default function Article() {
  const { title, sections } = useLoaderData<typeof loader>()
  const { locale } = useShop()
  return (
    <article>
      {title && <h1 className="fs-title">{title[locale]}</h1>}
      <Sections sections={sections} />
    </article>
  )
}
