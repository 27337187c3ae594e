import { useShare, useTranslation } from "@fangshi/storefront-kit"
import { Suspense, lazy, useRef } from "react"
import { Link } from "react-router"

const ShareSheet = lazy(() => import("./ShareSheet"))

/** Passes a product on: by what the phone has for that, else by a sheet. Without scripts it leads to a page of its own. */
export function Share({ handle, title, url, soldOut }: { handle: string; title: string; url: string; soldOut: boolean }) {
  const { t } = useTranslation()
  const { open, share, close } = useShare({ title, url })
  const button = useRef<HTMLAnchorElement>(null)
  const page = `/p/${handle}/share`
  return (
    <>
      <Link
        ref={button}
        to={page}
        className="fs-share"
        aria-haspopup="dialog"
        onClick={(event) => {
          event.preventDefault()
          share()
        }}
      >
        <svg width="22" height="22" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true"><path d="M12 15V4M8 8l4-4 4 4M5 12v7h14v-7" /></svg>
        {t("share.button")}
      </Link>
      {!soldOut && <Link to={page} className="fs-share">
        <svg width="22" height="22" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinejoin="round" aria-hidden="true"><path d="M5 3h14v18H5zM8 6h8v7H8zM8 16h3v3H8zM14 16.5h2M14 18.5h2" /></svg>
        {t("share.poster")}
      </Link>}
      {open && (
        <Suspense>
          <ShareSheet
            handle={handle}
            title={title}
            url={url}
            soldOut={soldOut}
            close={() => {
              close()
              button.current?.focus()
            }}
          />
        </Suspense>
      )}
    </>
  )
}
