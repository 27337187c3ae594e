import { useTranslation } from "@fangshi/storefront-kit"
import { useState, useSyncExternalStore } from "react"
import { forgetInstallOffer, installOffer, watchInstallOffer } from "./install-offer"

const WAVED_OFF = "fs-install-waved-off"

/** Storage may be closed to pages: then the hint comes back with the next visit. */
function remembered(): boolean {
  try {
    return localStorage.getItem(WAVED_OFF) !== null
  } catch {
    return false
  }
}
function remember(): void {
  try {
    localStorage.setItem(WAVED_OFF, "1")
  } catch {
    // As above.
  }
}

/** Offers to keep the shop on the home screen, only where the browser can and until it is waved off. */
export function InstallHint() {
  const { t } = useTranslation()
  const offer = useSyncExternalStore(watchInstallOffer, installOffer, () => null)
  const [gone, setGone] = useState(false)
  if (!offer || gone || remembered()) return null
  return (
    <section className="fs-panel fs-install" aria-labelledby="install-title">
      <div><h2 id="install-title">{t("install.title")}</h2><p>{t("install.text")}</p></div>
      <div>
        <button
          type="button"
          className="fs-button is-quiet"
          onClick={() => {
            remember()
            setGone(true)
          }}
        >
          {t("install.no")}
        </button>
        <button
          type="button"
          className="fs-button"
          onClick={() => {
            void offer.prompt()
            forgetInstallOffer()
          }}
        >
          {t("install.yes")}
        </button>
      </div>
    </section>
  )
}
