import { useShop, useTranslation } from "@fangshi/storefront-kit"
import { useEffect, useId, useRef, useState } from "react"
import { POSTER, type Poster, type PosterLook, drawPoster } from "./poster"

type Drawn = { file: File; address: string }
type State = "drawing" | "failed" | Drawn

/** The poster as a picture to press long and save, to download, and to pass on where the phone takes files. */
export default function PosterDialog({ poster, close }: { poster: Omit<Poster, "shop" | "scan">; close: () => void }) {
  const { t } = useTranslation("group-buy")
  const { name, locale } = useShop()
  const title = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [state, setState] = useState<State>("drawing")
  // What it shows is what was so when it was opened: it does not change under the finger.
  const [whole] = useState<Poster>(() => ({ ...poster, shop: name[locale], scan: t("poster.scan") }))
  const [tries, setTries] = useState(0)
  useEffect(() => {
    const sheet = dialog.current
    sheet?.showModal()
    return () => sheet?.close()
  }, [])
  useEffect(() => {
    let here = true
    setState("drawing")
    drawn(whole, lookOf(dialog.current ?? document.body))
      .then((done) => here && setState(done))
      .catch(() => here && setState("failed"))
    return () => void (here = false)
  }, [whole, tries])
  const made = typeof state === "object" ? state : null
  return (
    <dialog ref={dialog} className="fs-sheet gb-poster" aria-labelledby={title} onClose={close} onClick={(event) => event.target === dialog.current && dialog.current?.close()}>
      <div className="fs-sheet-inside">
        <header>
          <h2 id={title}>{t("poster.title")}</h2>
          <button type="button" className="fs-sheet-close" aria-label={t("poster.close")} onClick={() => dialog.current?.close()}>×</button>
        </header>
        <figure className="fs-poster">
          {made ? <img src={made.address} alt={t("poster.of", { title: whole.title })} width={POSTER.width} height={POSTER.height} /> : <div className="gb-poster-place">{state === "failed" && <div role="alert"><p>{t("poster.failed")}</p><button type="button" className="fs-button is-quiet" onClick={() => setTries(tries + 1)}>{t("poster.again")}</button></div>}</div>}
          <figcaption role="status">{state === "drawing" ? t("poster.drawing") : made ? t("poster.hold") : null}</figcaption>
        </figure>
        {made && (
          <div className="gb-share">
            <a className="fs-button" href={made.address} download={made.file.name}>{t("poster.download")}</a>
            {canShare(made.file) && <button type="button" className="fs-button" onClick={() => void pass(made.file, whole.title)}>{t("poster.share")}</button>}
          </div>
        )}
      </div>
    </dialog>
  )
}

/** With an address that holds the picture itself: what WeChat saves by a long press has to have one. */
async function drawn(poster: Poster, look: PosterLook): Promise<Drawn> {
  const blob = await drawPoster(poster, look)
  const address = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result as string)
    reader.onerror = () => reject(reader.error ?? new Error("the poster could not be read"))
    reader.readAsDataURL(blob)
  })
  return { file: new File([blob], "poster.png", { type: blob.type }), address }
}

const canShare = (file: File): boolean => typeof navigator.canShare === "function" && navigator.canShare({ files: [file] })

/** Whoever changes their mind, or whose phone says no, has the picture still before them. */
const pass = (file: File, title: string): Promise<void> => navigator.share({ files: [file], title }).catch(() => undefined)

/** Colours as they come out: a canvas knows no variables. */
function lookOf(place: HTMLElement): PosterLook {
  const probe = place.appendChild(document.createElement("i"))
  const colour = (name: string) => {
    probe.style.color = `var(--fs-${name})`
    return getComputedStyle(probe).color
  }
  const look = { paper: colour("card"), ink: colour("ink"), soft: colour("ink-soft"), price: colour("price"), primary: colour("primary"), on_primary: colour("on-primary"), line: colour("line"), family: getComputedStyle(place).fontFamily }
  probe.remove()
  return look
}
