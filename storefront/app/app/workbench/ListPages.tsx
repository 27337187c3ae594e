import { useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"

const PAGE = 20

/** To the pages before and after one of a list of the desk. */
export function ListPages({ list, page, count }: { list: string; page: number; count: number }) {
  const { t } = useTranslation()
  if (count <= PAGE) return null
  return (
    <p className="wb-buttons">
      {page > 1 && <Link className="wb-button is-quiet" to={`?list=${list}&page=${page - 1}`}>{t("orders.previous")}</Link>}
      {page * PAGE < count && <Link className="wb-button is-quiet" to={`?list=${list}&page=${page + 1}`}>{t("orders.next")}</Link>}
    </p>
  )
}
