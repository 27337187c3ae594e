import { CopyAddress, useTranslation } from "@fangshi/storefront-kit"
import { useEffect, useRef } from "react"
import { Poster } from "./Poster"

type Props = { handle: string; title: string; url: string; soldOut: boolean; close: () => void }

/** What slides up where a phone has no sharing of its own, as in WeChat: the address to copy, and the poster to save. */
export default function ShareSheet({ handle, title, url, soldOut, close }: Props) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const sheet = dialog.current
    sheet?.showModal()
    return () => sheet?.close()
  }, [])
  return (
    <dialog ref={dialog} className="fs-sheet" aria-labelledby="share-title" onClose={close} onClick={(event) => event.target === dialog.current && dialog.current?.close()}>
      <div className="fs-sheet-inside">
        <header>
          <h2 id="share-title">{t("share.title")}</h2>
          <button type="button" className="fs-sheet-close" aria-label={t("share.close")} onClick={() => dialog.current?.close()}>×</button>
        </header>
        <CopyAddress url={url} />
        {!soldOut && <Poster handle={handle} title={title} />}
      </div>
    </dialog>
  )
}
