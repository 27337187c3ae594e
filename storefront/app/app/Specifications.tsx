import { useTranslation } from "@fangshi/storefront-kit"

/** What a product is, in name and value, as a packet says it. Nothing where nothing is known. */
export function Specifications({ rows }: { rows: [name: string, value: string][] }) {
  const { t } = useTranslation()
  if (!rows.length) return null
  return (
    <section className="fs-panel">
      <h2>{t("product.specifications")}</h2>
      <dl className="fs-specifications">
        {rows.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
      </dl>
    </section>
  )
}
