import { may } from "@fangshi/contracts"
import { useShop, useTranslation } from "@fangshi/storefront-kit"
import { Form, type LoaderFunctionArgs, NavLink, Outlet, useLoaderData } from "react-router"
import { localeOf } from "../../locale.server"
import { pluginScreens } from "../../plugin-pages/plugin-screens"
import type { Me } from "../../workbench/desk"
import { read } from "../../workbench/desk.server"

export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const { me } = await read<{ me: Me }>(request, shop, "me")
  return { me, time_zone: shop.time_zone, screens: pluginScreens(shop.plugins, me, await localeOf(request, shop)) }
}

export default function SignedIn() {
  const { t } = useTranslation()
  const { name, locale } = useShop()
  const { me, screens } = useLoaderData<typeof loader>()
  return (
    <>
      <header className="wb-header">
        <p><b>{me.merchant?.name ?? name[locale]}</b><small>{me.name} · {t(`role.${me.role}`)}</small></p>
        <Form method="post" action="/workbench/logout"><button className="wb-link">{t("nav.signOut")}</button></Form>
      </header>
      <main className="wb-main">
        {screens.length > 0 && <nav className="wb-tabs wb-screens" aria-label={t("nav.plugins")}>{screens.map(({ to, label, end }) => <NavLink key={to} to={to} end={end}>{label}</NavLink>)}</nav>}
        <Outlet />
      </main>
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
