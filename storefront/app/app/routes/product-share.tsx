import { CopyAddress, useTranslation } from "@fangshi/storefront-kit"
import { Link, type LoaderFunctionArgs, useLoaderData } from "react-router"
import { localeOf } from "../locale.server"
import { Poster } from "../share/Poster"
import { productAddress } from "../share/share-meta.server"
import { findTile } from "../shop-api.server"

export async function loader({ request, params, context: { shop } }: LoaderFunctionArgs) {
  const locale = await localeOf(request, shop)
  const tile = await findTile(shop, locale, params.handle ?? "")
  if (!tile) throw new Response("no such product", { status: 404 })
  const { handle, title, sold_out } = tile
  return { handle, title, sold_out, url: productAddress(shop, locale, handle) }
}

export const meta = ({ loaderData }: { loaderData?: Awaited<ReturnType<typeof loader>> | undefined }) => (loaderData ? [{ title: loaderData.title }, { name: "robots", content: "noindex" }] : [])

export default function ProductShare() {
  const { t } = useTranslation()
  const { handle, title, sold_out, url } = useLoaderData<typeof loader>()
  return (
    <section className="fs-narrow">
      <p><Link className="fs-link" to={`/p/${handle}`}>‹ {title}</Link></p>
      <h1 className="fs-title">{t("share.title")}</h1>
      {sold_out ? <p className="fs-empty">{t("share.soldOut")}</p> : <div className="fs-panel"><Poster handle={handle} title={title} /></div>}
      <div className="fs-panel"><CopyAddress url={url} /></div>
    </section>
  )
}
