import { useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"

/** What a shopper sees when a page cannot be shown: what happened, and the way back. `said`: the words of whoever refused it. */
export function ErrorPage({ status, said }: { status: number; said?: { text: string; hint: string } | null }) {
  const { t } = useTranslation()
  const kind = status === 404 ? "missing" : status === 503 ? "closed" : status < 500 ? "refused" : "failed"
  return (
    <section className="fs-empty" role="alert">
      <svg viewBox="0 0 120 120" fill="none" stroke="currentColor" strokeWidth="4" strokeLinecap="round" aria-hidden="true">
        <path d="M60 16v10M38 34h44l6 40a28 28 0 0 1-56 0zM46 34v-6h28v6M60 102v8" />
        <path d="M50 62h.1M70 62h.1M50 80q10-8 20 0" />
      </svg>
      <h1>{said?.text ?? t(`error.${kind}.title`)}</h1>
      <p>{said?.hint ?? t(`error.${kind}.hint`)}</p>
      <Link to="/" className="fs-button" reloadDocument>{t("error.home")}</Link>
    </section>
  )
}
