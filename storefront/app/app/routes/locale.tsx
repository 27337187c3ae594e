import { LOCALES } from "@fangshi/contracts"
import { type ActionFunctionArgs, redirect } from "react-router"
import { translateCart } from "../cart.server"
import { localeCookie } from "../cookies"
import { formOf } from "../form.server"
import { safeBack } from "../safe-back"

export async function action({ request, context: { shop } }: ActionFunctionArgs) {
  const form = await formOf(request)
  const locale = LOCALES.find((candidate) => candidate === form.get("locale"))
  if (locale) await translateCart(request, shop, locale)
  return redirect(withoutLocale(safeBack(form.get("back"))), locale ? { headers: { "set-cookie": await localeCookie.serialize(locale) } } : {})
}

/** Where the address says the language itself, the choice would be undone. */
function withoutLocale(back: string): string {
  const [path = "/", query = ""] = back.split("?")
  const asked = new URLSearchParams(query)
  asked.delete("locale")
  return asked.size ? `${path}?${asked}` : path
}

export const loader = () => redirect("/")
