import type { LoaderFunctionArgs } from "react-router"
import { localeOf } from "../../locale.server"
import { askMembers, requireMember } from "../../member.server"

export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const locale = await localeOf(request, shop)
  const { token } = await requireMember(request, shop, locale)
  const told = await askMembers<object>(shop, locale, token, "GET", "me/export")
  if (!told.ok) throw new Response(told.text, { status: 503 })
  return new Response(JSON.stringify(told.value, null, 2), { headers: { "content-type": "application/json; charset=utf-8", "content-disposition": 'attachment; filename="my-data.json"', "cache-control": "no-store" } })
}
