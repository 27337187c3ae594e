import { ProductCard, useTranslation } from "@fangshi/storefront-kit"
import { type ActionFunctionArgs, Link, type LoaderFunctionArgs, redirect, useLoaderData } from "react-router"
import "../../account/texts"
import { readMemberToken } from "../../cookies"
import { formOf } from "../../form.server"
import { localeOf } from "../../locale.server"
import { askMembers, requireMember, signInFirst } from "../../member.server"
import { safeBack } from "../../safe-back"
import { fetchTiles } from "../../shop-api.server"

const MOST = 100

export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const locale = await localeOf(request, shop)
  const { token } = await requireMember(request, shop, locale)
  const told = await askMembers<{ product_ids: string[] }>(shop, locale, token, "GET", "me/favourites")
  const kept = told.ok ? told.value.product_ids.slice(0, MOST) : []
  if (!kept.length) return { tiles: [] }
  const { tiles, ids } = await fetchTiles(shop, locale, { id: kept, limit: MOST })
  // In the order they were added; what is not sold any more is left out.
  return { tiles: kept.flatMap((id) => tiles[ids.indexOf(id)] ?? []) }
}

/** The heart of a product page. */
export async function action({ request, context: { shop } }: ActionFunctionArgs) {
  const form = await formOf(request)
  const back = safeBack(form.get("back"), "/account/favourites")
  const token = await readMemberToken(request)
  if (!token) return signInFirst(back)
  const locale = await localeOf(request, shop)
  const product_id = String(form.get("product_id") ?? "").slice(0, 80)
  if (form.get("intent") === "remove") await askMembers(shop, locale, token, "DELETE", `me/favourites/${encodeURIComponent(product_id)}`)
  else await askMembers(shop, locale, token, "POST", "me/favourites", { product_id })
  return redirect(back)
}

export default function Favourites() {
  const { t } = useTranslation()
  const { tiles } = useLoaderData<typeof loader>()
  return (
    <section>
      <h1 className="fs-title" style={{ marginBottom: 12 }}>{t("account.favourites.title")}</h1>
      {tiles.length === 0 ? (
        <div className="fs-empty"><h2>{t("account.favourites.empty")}</h2><p>{t("account.favourites.hint")}</p><Link to="/" className="fs-button">{t("cart.browse")}</Link></div>
      ) : (
        <div className="fs-grid">{tiles.map((tile, i) => <ProductCard key={tile.handle} product={tile} first={i === 0} />)}</div>
      )}
    </section>
  )
}
