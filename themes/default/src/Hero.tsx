import { type CategoryLink, useShop } from "@fangshi/storefront-kit"
import { useTranslation } from "react-i18next"
import { Link } from "react-router"

/** The shop's own colours and slogan, then the ways in. */
export function Hero({ categories }: { categories: CategoryLink[] }) {
  const { t } = useTranslation()
  const shop = useShop()
  return (
    <section className="fs-hero">
      <div className="fs-hero-banner">
        <svg className="fs-hero-art" viewBox="0 0 400 200" preserveAspectRatio="xMaxYMid slice" aria-hidden="true">
          <circle cx="330" cy="60" r="120" fill="#fff" opacity=".08" />
          <circle cx="380" cy="160" r="90" fill="var(--fs-accent)" opacity=".45" />
          <path d="M220 200c30-50 70-50 100-20s60 20 90-20v60H200z" fill="#fff" opacity=".12" />
        </svg>
        <h1>{shop.brand.slogan[shop.locale]}</h1>
        <p>{t("hero.welcome", { shop: shop.name[shop.locale] })}</p>
      </div>
      <ul className="fs-ways">
        {categories.slice(0, 10).map((category, i) => (
          <li key={category.handle}>
            <Link to={`/c/${category.handle}`}>
              <span className={`fs-way fs-way-${i % 5}`} aria-hidden="true">{category.name.slice(0, 1)}</span>
              {category.name}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
