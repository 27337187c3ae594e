import { type ActionFunctionArgs, type ClientLoaderFunctionArgs, type LoaderFunctionArgs, useLoaderData } from "react-router"
import { formOf } from "../../form.server"
import { PluginPart } from "../../plugin-pages/PluginPart"
import { deskAsk } from "../../plugin-pages/desk-ask.server"
import { withPages } from "../../plugin-pages/with-pages"
import { actPart, loadPart } from "../../plugin-pages/run-part.server"
import { workbenchLanguage } from "../../workbench/language"

export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const { found: { plugin, at, part, params }, locale, ask, signIn } = await deskAsk(request, shop)
  const title = workbenchLanguage(locale).getFixedT(null, plugin)(part.title)
  return { kind: "workbench" as const, plugin, at, params, title, data: await loadPart(part.load, ask, locale, signIn) }
}

/** As on plugin-page. */
export const clientLoader = async ({ serverLoader }: ClientLoaderFunctionArgs) => withPages(await serverLoader<typeof loader>())

export async function action({ request, context: { shop } }: ActionFunctionArgs) {
  const form = await formOf(request)
  const { found: { part }, locale, ask, signIn, post } = await deskAsk(request, shop)
  return actPart(part.act, { ...ask, form, post }, locale, signIn)
}

export const meta = ({ loaderData }: { loaderData?: { title: string } | undefined }) => [{ title: `${loaderData?.title ?? ""} · Workbench 工作台` }, { name: "robots", content: "noindex" }]

export default function PluginScreen() {
  return <PluginPart shown={useLoaderData<typeof loader>()} />
}
