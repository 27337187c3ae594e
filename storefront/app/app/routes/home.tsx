import { type LoaderFunctionArgs, type MetaArgs, useLoaderData } from "react-router"
import { Sections } from "../Sections"
import { localeOf } from "../locale.server"
import { loadPage } from "../page.server"
import { shareMeta } from "../share/share-meta"
import { loadSlots } from "../slots.server"

export async function loader({ request, context }: LoaderFunctionArgs) {
  const locale = await localeOf(request, context.shop)
  const [{ sections }, belowHero] = await Promise.all([loadPage(request, context.shop, locale, "home"), loadSlots(context, locale, "home.below-hero", {})])
  return { sections, belowHero }
}

export const meta = (args: MetaArgs<typeof loader>) => shareMeta(args, {})

export default function Home() {
  return <Sections {...useLoaderData<typeof loader>()} />
}
