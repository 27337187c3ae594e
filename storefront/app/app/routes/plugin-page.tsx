import { type ActionFunctionArgs, type ClientLoaderFunctionArgs, type LoaderFunctionArgs, useLoaderData } from "react-router"
import { formOf } from "../form.server"
import { languageOf } from "../language"
import { PluginPart } from "../plugin-pages/PluginPart"
import { withPages } from "../plugin-pages/with-pages"
import { actPart, loadPart } from "../plugin-pages/run-part.server"
import { shopAsk } from "../plugin-pages/shop-ask.server"
import { metaOfLoader } from "../share/meta"
import { shareMeta } from "../share/share-meta.server"

export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const { found: { plugin, at, part, params }, locale, ask, signIn } = await shopAsk(request, shop)
  const loaded = await loadPart(part.load, ask, locale, signIn)
  const t = languageOf(locale, shop.theme).getFixedT(null, plugin)
  const head = part.head?.({ data: loaded, locale, t }) ?? {}
  return { kind: "pages" as const, plugin, at, params, data: loaded, meta: shareMeta(request, shop, locale, { title: t(part.title), ...head }) }
}

/** On the way from another page, the plugin's own pages come with what this one shows. */
export const clientLoader = async ({ serverLoader }: ClientLoaderFunctionArgs) => withPages(await serverLoader<typeof loader>())

export async function action({ request, context: { shop } }: ActionFunctionArgs) {
  const form = await formOf(request)
  const { found: { part }, locale, ask, signIn, post } = await shopAsk(request, shop)
  return actPart(part.act, { ...ask, form, post }, locale, signIn)
}

export const meta = metaOfLoader

export default function PluginPage() {
  return <PluginPart shown={useLoaderData<typeof loader>()} />
}
