import { type CategoryLink, LanguageSwitch, SearchForm, type TabKey, useShop, useTabs, useTranslation } from "@fangshi/storefront-kit"
import type { ReactNode } from "react"
import { Link, NavLink } from "react-router"
import { BasketIcon, NeighbourIcon, PhoneIcon, SearchIcon, ShelfIcon, StallIcon } from "./Icons"

/** A stall: the shop's name on its colour under an awning, the search as its counter, the categories as chips. */
export function Layout({ categories, children }: { categories: CategoryLink[]; children: ReactNode }) {
  const { t } = useTranslation()
  const { name, brand, locale, cart_count } = useShop()
  const tabs = useTabs(categories)
  return (
    <>
      <a className="fs-skip" href="#page">{t("layout.skip")}</a>
      <header className="fs-header">
        <div className="fs-wrap mk-sign">
          <Link to="/" className="fs-brand">
            <span className="fs-seal" aria-hidden="true">{name["zh-CN"].slice(0, 1)}</span>
            <span className="fs-brand-name">{name[locale]}</span>
          </Link>
          <LanguageSwitch />
          <Link to="/account" className="fs-cart-link" aria-label={t("account.tab")}><NeighbourIcon /></Link>
          <Link to="/cart" className="fs-cart-link" aria-label={t("layout.cart", { count: cart_count })}>
            <BasketIcon />
            {cart_count > 0 && <b>{cart_count > 99 ? "99+" : cart_count}</b>}
          </Link>
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
        <span className="mk-awning" aria-hidden="true" />
      </header>
      <main id="page" className="fs-wrap">{children}</main>
      <footer className="fs-footer">
        <div className="fs-wrap mk-foot">
          <p><b>{name[locale]}</b><span>{brand.slogan[locale]}</span></p>
          {brand.phone && <a className="fs-button is-light" href={`tel:${brand.phone}`}><PhoneIcon /><span>{t("market.ask")} {brand.phone}</span></a>}
        </div>
      </footer>
      <nav className="fs-tabs" aria-label={t("layout.main")}>
        {tabs.map(({ key, to, label, end, count }) => {
          const Icon = ICONS[key]
          return <NavLink key={key} to={to} end={end}><Icon />{label}{count > 0 && <b>{count}</b>}</NavLink>
        })}
      </nav>
    </>
  )
}

const ICONS: Record<TabKey, () => ReactNode> = { home: StallIcon, categories: ShelfIcon, cart: BasketIcon, account: NeighbourIcon }
