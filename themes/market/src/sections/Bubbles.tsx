import { useTranslation } from "@fangshi/storefront-kit"
import type { SectionProps } from "@fangshi/storefront-kit"
import { Link } from "react-router"
import { categoryDrawing } from "../Icons"

/** The ways into the shop as big round buttons with a drawing each. */
export function Bubbles({ data }: SectionProps) {
  const { t } = useTranslation()
  if (!data.rows?.length) return null
  return (
    <nav aria-label={t("layout.categories")}>
      <ul className="mk-bubbles">
        {data.rows.map(({ category }, i) => (
          <li key={category.handle}>
            <Link to={`/c/${category.handle}`}>
              <span className={`mk-bubble is-${i % 5}`} aria-hidden="true">{categoryDrawing(category.handle) ?? category.name.slice(0, 1)}</span>
              <span>{category.name}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
