import { useTranslation } from "@fangshi/storefront-kit"
import { Suspense, lazy, useState } from "react"
import type { Poster } from "./poster"

const PosterDialog = lazy(() => import("./PosterDialog"))

/** Opens the poster. Without scripts there is none. */
export function PosterButton({ poster }: { poster: Omit<Poster, "shop" | "scan"> }) {
  const { t } = useTranslation("group-buy")
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="fs-button fs-needs-script" aria-haspopup="dialog" onClick={() => setOpen(true)}>{t("poster.make")}</button>
      {open && <Suspense fallback={<span role="status" className="gb-soft">{t("poster.drawing")}</span>}><PosterDialog poster={poster} close={() => setOpen(false)} /></Suspense>}
    </>
  )
}
