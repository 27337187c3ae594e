import { may } from "@fangshi/contracts"
import { useShop, useTranslation } from "@fangshi/storefront-kit"
import { Form, type LoaderFunctionArgs, NavLink, Outlet, useLoaderData } from "react-router"
import type { Me } from "../../workbench/desk"
import { read } from "../../workbench/desk.server"

export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  return { ...(await read<{ me: Me }>(request, shop, "me")), time_zone: shop.time_zone }
}

export default function SignedIn() {
  const { t } = useTranslation()
  const { name, locale } = useShop()
  const { me } = useLoaderData<typeof loader>()
  return (
    <>
      <header className="wb-header">
        <p><b>{me.merchant?.name ?? name[locale]}</b><small>{me.name} · {t(`role.${me.role}`)}</small></p>
        <Form method="post" action="/workbench/logout"><button className="wb-link">{t("nav.signOut")}</button></Form>
      </header>
      <main className="wb-main"><Outlet /></main>
      <nav className="wb-nav" aria-label={t("nav.label")}>
        <NavLink to="/workbench" end>{t("nav.home")}</NavLink>
        <NavLink to="/workbench/orders">{t("nav.orders")}</NavLink>
        <NavLink to="/workbench/hand-over" className="wb-nav-main">{t("nav.handOver")}</NavLink>
        {may(me.role, "products") && <NavLink to="/workbench/products">{t("nav.products")}</NavLink>}
        {may(me.role, "staff") && <NavLink to="/workbench/staff">{t("nav.staff")}</NavLink>}
      </nav>
    </>
  )
}
