import { type LoaderFunctionArgs, useLoaderData } from "react-router"
import { Sections } from "../Sections"
import { localeOf } from "../locale.server"
import { loadPage } from "../page.server"

export async function loader({ request, params, context: { shop } }: LoaderFunctionArgs) {
  const locale = await localeOf(request, shop)
  return { ...(await loadPage(request, shop, locale, "landing", params.handle)), locale }
}

export { meta } from "./article"

export default function Landing() {
  return <Sections sections={useLoaderData<typeof loader>().sections} />
}
