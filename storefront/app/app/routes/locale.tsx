import { LOCALES } from "@fangshi/contracts"
import { type ActionFunctionArgs, redirect } from "react-router"
import { translateCart } from "../cart.server"
import { localeCookie } from "../cookies"
import { safeBack } from "../safe-back"

export async function action({ request, context: { shop } }: ActionFunctionArgs) {
  const form = await request.formData()
  const locale = LOCALES.find((candidate) => candidate === form.get("locale"))
  if (locale) await translateCart(request, shop, locale)
  return redirect(safeBack(form.get("back")), locale ? { headers: { "set-cookie": await localeCookie.serialize(locale) } } : {})
}

export const loader = () => redirect("/")
