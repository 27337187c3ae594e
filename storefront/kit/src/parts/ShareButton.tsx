import { type ReactNode, useState } from "react"
import { CopyAddress } from "./CopyAddress"

/** Passes an address on: by what the phone has for that, else as a text to copy, which is there without scripts as well. */
export function ShareButton({ title, url, children }: { title: string; url: string; children: ReactNode }) {
  const [open, setOpen] = useState(false)
  async function share() {
    if (!("share" in navigator)) return setOpen(true)
    try {
      await navigator.share({ title, url })
    } catch (error) {
      // Whoever changes their mind has not asked for the address.
      if ((error as Error).name !== "AbortError") setOpen(true)
    }
  }
  return (
    <>
      <button type="button" className="fs-button fs-needs-script" onClick={() => void share()}>{children}</button>
      {open && <CopyAddress url={url} />}
      <noscript><CopyAddress url={url} /></noscript>
    </>
  )
}
