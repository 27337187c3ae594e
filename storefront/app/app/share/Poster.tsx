import { useShop, useTranslation } from "@fangshi/storefront-kit"

/** The side lengths of the drawn card; the picture keeps its place before it is there. */
export const CARD = { width: 750, height: 1170 }

/** The drawn card of a product, to be pressed long and saved. */
export function Poster({ handle, title }: { handle: string; title: string }) {
  const { t } = useTranslation()
  const { locale } = useShop()
  const card = `/p/${encodeURIComponent(handle)}/share-card.png?locale=${locale}`
  return (
    <figure className="fs-poster">
      <img src={card} alt={t("share.posterOf", { title })} width={CARD.width} height={CARD.height} />
      <figcaption>
        <span>{t("share.hold")}</span>
        <a className="fs-link" href={card} download={`${handle}.png`}>{t("share.download")}</a>
      </figcaption>
    </figure>
  )
}
