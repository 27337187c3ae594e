import { useTranslation } from "@fangshi/storefront-kit"
import { PICTURE_TYPES } from "@fangshi/contracts"
import { type ChangeEvent, useEffect, useState } from "react"

/** Photos of a product: those it has, of which one is the cover, and two ways to more: the phone's camera and its album. With scripts new ones are shown at once. */
export function PhotoFields({ pictures }: { pictures: { id: string; url: string }[] }) {
  const { t } = useTranslation()
  return (
    <fieldset className="wb-photos">
      <legend>{t("product.photos")}</legend>
      {pictures.length > 0 && (
        <ul className="wb-pictures">
          {pictures.map(({ id, url }, i) => (
            <li key={id}>
              <img src={url} alt={t("product.photo", { number: i + 1 })} width={72} height={72} />
              <input type="hidden" name="picture" value={id} />
              <label className="wb-check"><input type="radio" name="cover" value={id} defaultChecked={i === 0} />{t("product.cover")}</label>
              <label className="wb-check"><input type="checkbox" name="remove" value={id} />{t("product.remove")}</label>
            </li>
          ))}
        </ul>
      )}
      <PhotoInput name="camera" label={t("product.camera")} capture="environment" />
      <PhotoInput name="album" label={t("product.album")} multiple />
    </fieldset>
  )
}

function PhotoInput({ name, label, ...more }: { name: string; label: string; capture?: "environment"; multiple?: boolean }) {
  const { t } = useTranslation()
  const [previews, setPreviews] = useState<string[]>([])
  useEffect(() => () => previews.forEach((preview) => URL.revokeObjectURL(preview)), [previews])
  const show = ({ target }: ChangeEvent<HTMLInputElement>) => setPreviews([...(target.files ?? [])].map((file) => URL.createObjectURL(file)))
  return (
    <>
      <label>{label}<input type="file" name="photos" id={name} accept={PICTURE_TYPES.join(",")} onChange={show} {...more} /></label>
      {previews.length > 0 && <p className="wb-pictures">{previews.map((preview, i) => <img key={preview} src={preview} alt={t("product.photo", { number: i + 1 })} width={72} height={72} />)}</p>}
    </>
  )
}
