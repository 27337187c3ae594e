import { useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"

/** To the pages before and after one of a list; nothing where there is only one. */
export function PageLinks({ page, more }: { page: number; more: boolean }) {
  const { t } = useTranslation()
  if (page === 1 && !more) return null
  return (
    <nav className="fs-pages" aria-label={t("list.pages")}>
      {page > 1 && <Link className="fs-button is-quiet" rel="prev" to={`?page=${page - 1}`}>{t("list.previous")}</Link>}
      {more && <Link className="fs-button is-quiet" rel="next" to={`?page=${page + 1}`}>{t("list.next")}</Link>}
    </nav>
  )
}
