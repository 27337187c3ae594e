import { useState } from "react"

/** Passes an address on by what the phone has for that; `open` where there is nothing of the kind, so that it is shown instead. */
export function useShare({ title, url }: { title: string; url: string }) {
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
  return { open, share: () => void share(), close: () => setOpen(false) }
}
