import type { ReactNode } from "react"
import { Form } from "react-router"
import { useTranslation } from "./use-translation"

/** The search box of a shop; `children` is what its button shows. */
export function SearchForm({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <Form method="get" action="/search" role="search" className="fs-search">
      <input type="search" name="q" aria-label={t("search.label")} placeholder={t("search.placeholder")} maxLength={60} />
      <button type="submit" aria-label={t("search.submit")}>{children}</button>
    </Form>
  )
}
