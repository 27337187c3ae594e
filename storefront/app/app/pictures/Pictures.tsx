import type { PictureView } from "@fangshi/contracts"
import { useTranslation } from "react-i18next"

/** Thumbnails that open as whole pictures. */
export function Pictures({ pictures }: { pictures: PictureView[] }) {
  const { t } = useTranslation()
  if (!pictures.length) return null
  return (
    <ul className="fs-review-pictures">
      {pictures.map(({ url, width, height }, i) => (
        <li key={url}><a href={url} target="_blank" rel="noreferrer"><img src={url} alt={t("pictures.alt", { number: i + 1 })} width={width} height={height} loading="lazy" /></a></li>
      ))}
    </ul>
  )
}
