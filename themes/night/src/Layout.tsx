import { type CategoryLink, LanguageSwitch, SearchForm, type TabKey, useShop, useTabs, useTranslation } from "@fangshi/storefront-kit"
import type { ReactNode } from "react"
import { Link, NavLink } from "react-router"
import { GlassIcon, MaskIcon, MicrophoneIcon, MoonIcon, PhoneIcon, SearchIcon } from "./Icons"

/** A sign in neon over the stage, the categories as lit words, and a floating bar whose middle leads to the first of them. */
export function Layout({ categories, children }: { categories: CategoryLink[]; children: ReactNode }) {
  const { t } = useTranslation()
  const { name, brand, locale, cart_count } = useShop()
  const tabs = useTabs(categories)
  const first = categories[0]
  return (
    <>
      <a className="fs-skip" href="#page">{t("layout.skip")}</a>
      <header className="fs-header">
        <div className="fs-wrap fs-header-row">
          <Link to="/" className="fs-brand">
            <span className="fs-seal" aria-hidden="true">{name["zh-CN"].slice(0, 1)}</span>
            <span className="fs-brand-name">{name[locale]}</span>
          </Link>
          <SearchForm><SearchIcon /></SearchForm>
          <LanguageSwitch />
          <Link to="/account" className="fs-cart-link" aria-label={t("account.tab")}><MaskIcon /></Link>
          <Link to="/cart" className="fs-cart-link" aria-label={t("layout.cart", { count: cart_count })}>
            <GlassIcon />
            {cart_count > 0 && <b>{cart_count > 99 ? "99+" : cart_count}</b>}
          </Link>
        </div>
        <nav className="fs-strip" aria-label={t("layout.categories")}>
          <ul className="fs-wrap">
            <li><NavLink to="/" end>{t("layout.home")}</NavLink></li>
            {categories.map((category) => (
              <li key={category.handle}><NavLink to={`/c/${category.handle}`}>{category.name}</NavLink></li>
            ))}
          </ul>
        </nav>
      </header>
      <main id="page" className="fs-wrap">{children}</main>
      <footer className="fs-footer">
        <div className="fs-wrap">
          <p className="nt-sign" aria-hidden="true">{name[locale]}</p>
          <p>{brand.slogan[locale]}</p>
          {brand.phone && <a className="nt-call" href={`tel:${brand.phone}`}><PhoneIcon />{t("night.call")} <b>{brand.phone}</b></a>}
        </div>
      </footer>
      <nav className="fs-tabs" aria-label={t("layout.main")}>
        {tabs.map(({ key, to, label, end, count }) => {
          const Icon = ICONS[key]
          const isMain = key === "categories"
          return <NavLink key={key} to={to} end={end} className={({ isActive }) => `${isMain ? "nt-main" : ""}${isActive ? " active" : ""}`}><Icon /><span>{(isMain && first?.name) || label}</span>{count > 0 && <b>{count}</b>}</NavLink>
        })}
      </nav>
    </>
  )
}

const ICONS: Record<TabKey, () => ReactNode> = { home: MoonIcon, categories: MicrophoneIcon, cart: GlassIcon, account: MaskIcon }
