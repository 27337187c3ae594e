import { useTranslation } from "../use-translation"
import { useEffect, useRef, useState } from "react"

/** An address to copy: by hand, and with scripts at a touch. */
export function CopyAddress({ url }: { url: string }) {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  const [alive, setAlive] = useState(false)
  const [said, say] = useState<"copied" | "byHand" | null>(null)
  useEffect(() => setAlive(true), [])
  async function copy() {
    field.current?.select()
    try {
      await navigator.clipboard.writeText(url)
      say("copied")
    } catch {
      // Not allowed, or not there without https: what is selected can be copied by hand.
      say("byHand")
    }
  }
  return (
    <div className="fs-field fs-copy">
      <label htmlFor="share-address">{t("share.address")}</label>
      <div>
        <input id="share-address" ref={field} value={url} readOnly onFocus={(event) => event.currentTarget.select()} />
        {alive && <button type="button" className="fs-button" onClick={() => void copy()}>{t("share.copy")}</button>}
      </div>
      <p role="status">{said && t(`share.${said}`)}</p>
    </div>
  )
}
