import { type LoaderFunctionArgs, useLoaderData } from "react-router"
import { Sections } from "../Sections"
import { localeOf } from "../locale.server"
import { loadPage } from "../page.server"
import { metaOfLoader } from "../share/meta"
import { shareMeta } from "../share/share-meta.server"
import { loadSlots } from "../slots.server"

export async function loader({ request, context }: LoaderFunctionArgs) {
  const locale = await localeOf(request, context.shop)
  const [{ sections }, belowHero] = await Promise.all([loadPage(request, context.shop, locale, "home"), loadSlots(context, locale, "home.below-hero", {})])
  return { sections, belowHero, meta: shareMeta(request, context.shop, locale, {}) }
}

export const meta = metaOfLoader

export default function Home() {
  const { sections, belowHero } = useLoaderData<typeof loader>()
  return <Sections sections={sections} belowHero={belowHero} />
}
