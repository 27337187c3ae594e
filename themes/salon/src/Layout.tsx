import { type CategoryLink, LanguageSwitch, SearchForm, useShop, useTabs, useTranslation } from "@fangshi/storefront-kit"
import type { ReactNode } from "react"
import { Link, NavLink } from "react-router"

/** A masthead with the name in the middle, words instead of icons, and hairlines between. */
export function Layout({ categories, children }: { categories: CategoryLink[]; children: ReactNode }) {
  const { t } = useTranslation()
  const { name, brand, locale, cart_count } = useShop()
  const tabs = useTabs(categories)
  return (
    <>
      <a className="fs-skip" href="#page">{t("layout.skip")}</a>
      <header className="fs-header">
        <div className="fs-wrap sl-masthead">
          <LanguageSwitch />
          <Link to="/" className="fs-brand"><span className="fs-brand-name">{name[locale]}</span></Link>
          <Link to="/account" className="fs-cart-link sl-me">{t("account.tab")}</Link>
          <Link to="/cart" className="fs-cart-link" aria-label={t("layout.cart", { count: cart_count })}>{t("layout.cartShort")} <b>{cart_count}</b></Link>
          <SearchForm><SearchIcon /></SearchForm>
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
        <div className="fs-wrap sl-colophon">
          <p className="sl-mark">{name[locale]}</p>
          <p>{brand.slogan[locale]}</p>
          {brand.phone && <p>{t("salon.colophon")} <a href={`tel:${brand.phone}`}>{brand.phone}</a></p>}
        </div>
      </footer>
      <nav className="fs-tabs" aria-label={t("layout.main")}>
        {tabs.map(({ key, to, label, end, count }) => (
          <NavLink key={key} to={to} end={end}>{label}{count > 0 && <b>{count}</b>}</NavLink>
        ))}
      </nav>
    </>
  )
}

const SearchIcon = () => <svg width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" aria-hidden="true"><circle cx="10.5" cy="10.5" r="7" /><path d="m16 16 5 5" /></svg>
