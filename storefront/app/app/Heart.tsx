import { useTranslation } from "@fangshi/storefront-kit"
import { Form, useLocation } from "react-router"

/** Keeps a product in mind, or no longer. Whoever is not signed in does that first and comes back. */
export function Heart({ product_id, kept }: { product_id: string; kept: boolean }) {
  const { t } = useTranslation()
  const { pathname, search } = useLocation()
  return (
    <Form method="post" action="/account/favourites" preventScrollReset>
      <input type="hidden" name="product_id" value={product_id} />
      <input type="hidden" name="back" value={pathname + search} />
      <button className="fs-heart" name="intent" value={kept ? "remove" : "add"} aria-pressed={kept}>
        <svg width="22" height="22" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinejoin="round" aria-hidden="true"><path d="M12 20.5C5 15.5 3 12 3 8.8A4.8 4.8 0 0 1 12 6.5a4.8 4.8 0 0 1 9 2.3c0 3.2-2 6.7-9 11.7z" /></svg>
        {t(kept ? "account.favourites.kept" : "account.favourites.keep")}
      </button>
    </Form>
  )
}
