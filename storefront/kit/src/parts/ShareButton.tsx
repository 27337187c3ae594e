import type { ReactNode } from "react"
import { CopyAddress } from "./CopyAddress"
import { useShare } from "./use-share"

/** Passes an address on: by what the phone has for that, else as a text to copy, which is there without scripts as well. */
export function ShareButton({ title, url, children }: { title: string; url: string; children: ReactNode }) {
  const { open, share } = useShare({ title, url })
  return (
    <>
      <button type="button" className="fs-button fs-needs-script" onClick={share}>{children}</button>
      {open && <CopyAddress url={url} />}
      <noscript><CopyAddress url={url} /></noscript>
    </>
  )
}
