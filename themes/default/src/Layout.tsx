import { type CategoryLink, LanguageSwitch, SearchForm, type TabKey, useShop, useTabs, useTranslation } from "@fangshi/storefront-kit"
import type { ReactNode } from "react"
import { Link, NavLink } from "react-router"

/** Header with name, search and languages, a strip of categories, the page, footer, and the bar at the thumb on phones. */
export function Layout({ categories, children }: { categories: CategoryLink[]; children: ReactNode }) {
  const { t } = useTranslation()
  const shop = useShop()
  const tabs = useTabs(categories)
  return (
    <>
      <a className="fs-skip" href="#page">{t("layout.skip")}</a>
      <header className="fs-header">
        <div className="fs-wrap fs-header-row">
          <Link to="/" className="fs-brand">
            <span className="fs-seal" aria-hidden="true">{shop.name["zh-CN"].slice(0, 1)}</span>
            <span className="fs-brand-name">{shop.name[shop.locale]}</span>
          </Link>
          <SearchForm><SearchIcon /></SearchForm>
          <LanguageSwitch />
          <Link to="/account" className="fs-cart-link" aria-label={t("account.tab")}><MeIcon /></Link>
          <Link to="/cart" className="fs-cart-link" aria-label={t("layout.cart", { count: shop.cart_count })}>
            <BagIcon />
            {shop.cart_count > 0 && <b>{shop.cart_count > 99 ? "99+" : shop.cart_count}</b>}
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
          <p><b>{shop.name[shop.locale]}</b> · {shop.brand.slogan[shop.locale]}</p>
          {shop.brand.phone && <p>{t("layout.phone")} <a href={`tel:${shop.brand.phone}`}>{shop.brand.phone}</a></p>}
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

const icon = { width: 22, height: 22, viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", strokeWidth: 1.8, strokeLinecap: "round", strokeLinejoin: "round", "aria-hidden": true } as const
const SearchIcon = () => <svg {...icon}><circle cx="11" cy="11" r="7" /><path d="m20 20-4-4" /></svg>
const BagIcon = () => <svg {...icon}><path d="M5 8h14l-1 12H6L5 8Z" /><path d="M9 8V6a3 3 0 0 1 6 0v2" /></svg>
const HomeIcon = () => <svg {...icon}><path d="m4 11 8-7 8 7v9h-5v-6H9v6H4z" /></svg>
const GridIcon = () => <svg {...icon}><rect x="4" y="4" width="7" height="7" rx="2" /><rect x="13" y="4" width="7" height="7" rx="2" /><rect x="4" y="13" width="7" height="7" rx="2" /><rect x="13" y="13" width="7" height="7" rx="2" /></svg>
const MeIcon = () => <svg {...icon}><circle cx="12" cy="8" r="4" /><path d="M4 21a8 8 0 0 1 16 0" /></svg>
const ICONS: Record<TabKey, () => ReactNode> = { home: HomeIcon, categories: GridIcon, cart: BagIcon, account: MeIcon }
