import { useTranslation } from "@fangshi/storefront-kit"
import { MOST_PICTURE_BYTES, PICTURE_TYPES } from "@fangshi/contracts"
import { type ChangeEvent, useEffect, useState } from "react"
import type { SentPicture } from "./picture-form"

/** Chooses photos; with scripts they are shown at once. Those sent with an earlier try are still there, and can be taken away. */
export function PictureField({ sent, error, most }: { sent: SentPicture[]; error: string | null; most: number }) {
  const { t } = useTranslation()
  const [previews, setPreviews] = useState<string[]>([])
  // Whatever was shown is let go of once other photos are chosen, or the page is left.
  useEffect(() => () => previews.forEach((preview) => URL.revokeObjectURL(preview)), [previews])
  const show = ({ target }: ChangeEvent<HTMLInputElement>) => setPreviews([...(target.files ?? [])].slice(0, most).map((file) => URL.createObjectURL(file)))
  return (
    <div className="fs-field">
      <label htmlFor="pictures">{t("pictures.label", { most })}</label>
      {sent.length > 0 && (
        <ul className="fs-review-pictures">
          {sent.map(({ id, url }, i) => (
            <li key={id}>
              <img src={url} alt={t("pictures.alt", { number: i + 1 })} width={88} height={88} />
              <input type="hidden" name="sent" value={`${id}|${url}`} />
              <label className="fs-check"><input type="checkbox" name="drop" value={id} />{t("pictures.drop")}</label>
            </li>
          ))}
        </ul>
      )}
      <input id="pictures" name="pictures" type="file" accept={PICTURE_TYPES.join(",")} multiple onChange={show} aria-invalid={error ? true : undefined} aria-describedby={error ? "pictures-hint pictures-error" : "pictures-hint"} />
      <span className="fs-hint" id="pictures-hint">{t("pictures.hint", { megabytes: MOST_PICTURE_BYTES / 1024 / 1024 })}</span>
      {error && <span className="fs-error is-block" id="pictures-error">{error}</span>}
      {previews.length > 0 && <ul className="fs-review-pictures">{previews.map((preview, i) => <li key={preview}><img src={preview} alt={t("pictures.alt", { number: i + 1 })} width={88} height={88} /></li>)}</ul>}
    </div>
  )
}
