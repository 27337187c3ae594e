import { useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"
import type { AfterSaleCounts } from "./desk"

/** Requests that wait for the shop, on the workbench's first page. */
export function AfterSaleTodo({ counts }: { counts: AfterSaleCounts }) {
  const { t } = useTranslation()
  return (
    <section className="wb-todo is-pair" aria-label={t("afterSales.title")}>
      <Link to="/workbench/after-sales" className={counts.asked > 0 ? "is-warning" : undefined}><b>{counts.asked}</b>{t("afterSales.todo.asked")}</Link>
      <Link to="/workbench/after-sales?list=sent_back"><b>{counts.sent_back}</b>{t("afterSales.todo.sent_back")}</Link>
    </section>
  )
}
