import { maskPhone } from "@fangshi/contracts"
import { Slot, useShop, useTranslation } from "@fangshi/storefront-kit"
import { Form, Link, type LoaderFunctionArgs, useLoaderData } from "react-router"
import "../../account/texts"
import { InstallHint } from "../../install/InstallHint"
import { localeOf } from "../../locale.server"
import { requireMember } from "../../member.server"
import "../../notices/texts"
import { loadSlots } from "../../slots.server"

export async function loader({ request, context }: LoaderFunctionArgs) {
  const locale = await localeOf(request, context.shop)
  const { member, api } = await requireMember(request, context.shop, locale)
  return { name: member.name, phone: maskPhone(member.phone), menu: await loadSlots(context, locale, "account.menu", {}, api) }
}

const PLACES = ["orders", "notices", "after-sales", "reviews", "favourites", "addresses", "profile", "password", "privacy"] as const

export default function AccountHome() {
  const { t } = useTranslation()
  const { name, phone, menu } = useLoaderData<typeof loader>()
  const { unread_count } = useShop()
  const called = name || t("account.home.nameless")
  return (
    <section className="fs-narrow">
      <header className="fs-me">
        <span className="fs-face" aria-hidden="true">{[...called][0]}</span>
        <div><h1>{called}</h1><p>{phone}</p></div>
      </header>
      <nav aria-label={t("account.home.menu")}>
        <ul className="fs-panel fs-menu">{PLACES.map((place) => <li key={place}><Link to={`/account/${place}`}><span>{t(`account.${place}.title`)}{place === "notices" && unread_count > 0 && <> <b className="fs-unread">{t("notices.count", { count: unread_count })}</b></>}</span></Link></li>)}</ul>
        <Slot name="account.menu" loaded={menu} />
      </nav>
      <InstallHint />
      <Form method="post" action="/account/sign-out"><button className="fs-button is-quiet fs-wide">{t("account.home.signOut")}</button></Form>
    </section>
  )
}
