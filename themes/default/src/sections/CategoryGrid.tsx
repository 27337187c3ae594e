import { useTranslation } from "@fangshi/storefront-kit"
import type { SectionProps } from "@fangshi/storefront-kit"
import { Link } from "react-router"

/** The ways into the shop, each with the first character of its name. */
export function CategoryGrid({ data }: SectionProps) {
  const { t } = useTranslation()
  if (!data.rows?.length) return null
  return (
    <nav aria-label={t("layout.categories")}>
      <ul className="fs-ways">
        {data.rows.map(({ category }, i) => (
          <li key={category.handle}>
            <Link to={`/c/${category.handle}`}>
              <span className={`fs-way fs-way-${i % 5}`} aria-hidden="true">{category.name.slice(0, 1)}</span>
              {category.name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
