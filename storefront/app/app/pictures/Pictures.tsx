import { useTranslation } from "@fangshi/storefront-kit"
import type { PictureView } from "@fangshi/contracts"

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
