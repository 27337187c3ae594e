import { useShop } from "@fangshi/storefront-kit"
import { type LoaderFunctionArgs, type MetaArgs, useLoaderData } from "react-router"
import { Sections } from "../Sections"
import { localeOf } from "../locale.server"
import { loadPage } from "../page.server"
import { shareMeta } from "../share/share-meta"

export async function loader({ request, params, context: { shop } }: LoaderFunctionArgs) {
  const locale = await localeOf(request, shop)
  return { ...(await loadPage(request, shop, locale, "article", params.handle)), locale }
}

export const meta = (args: MetaArgs<typeof loader>) => (args.loaderData ? shareMeta(args, { title: args.loaderData.title?.[args.loaderData.locale], kind: "article" }) : [])

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
