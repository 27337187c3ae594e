import { type LoaderFunctionArgs, useLoaderData } from "react-router"
import { Sections } from "../Sections"
import { localeOf } from "../locale.server"
import { loadPage } from "../page.server"

export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  return loadPage(request, shop, await localeOf(request, shop), "home")
}

export default function Home() {
  return <Sections {...useLoaderData<typeof loader>()} slotAfterFirst />
}
