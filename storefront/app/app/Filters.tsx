import type { CatalogueFacets } from "@fangshi/contracts"
import { countryName, useMoney, useShop, useTranslation } from "@fangshi/storefront-kit"
import type { ReactNode } from "react"
import { Form, Link, useSearchParams, useSubmit } from "react-router"
import type { AskedFilters } from "./catalogue.server"
import { FILTERS } from "./list-order"

/** What narrows a list down, each with how many products it would leave. A plain form; a tick is sent at once where scripts run. */
export function Filters({ facets, asked, count }: { facets: CatalogueFacets; asked: AskedFilters; count: number }) {
  const { t } = useTranslation()
  const { locale } = useShop()
  const money = useMoney()
  const submit = useSubmit()
  const [params] = useSearchParams()
  const origins = [...facets.origins, ...asked.origins.filter((code) => !facets.origins.some((each) => each.code === code)).map((code) => ({ code, count: 0 }))]
  const isNarrowed = FILTERS.some((key) => params.has(key))
  // A filter that would change nothing is no choice.
  if (!isNarrowed && facets.in_stock === count && facets.reduced === 0 && origins.length < 2 && (!facets.price || facets.price.least === facets.price.most)) return null
  return (
    <Form method="get" className="fs-filters" role="search" aria-label={t("list.filter")} key={params.toString()}>
      {["q", "sort"].flatMap((key) => (params.get(key) ? [<input key={key} type="hidden" name={key} value={params.get(key) ?? ""} />] : []))}
      <div className="fs-filter-row" onChange={(event) => void ((event.target as HTMLInputElement).type === "checkbox" && submit(event.currentTarget.closest("form"), { replace: true, preventScrollReset: true }))}>
        {(asked.in_stock || facets.in_stock < count) && <Chip name="in_stock" value="true" checked={asked.in_stock} count={facets.in_stock}>{t("list.inStock")}</Chip>}
        {(asked.reduced || facets.reduced > 0) && <Chip name="reduced" value="true" checked={asked.reduced} count={facets.reduced}>{t("list.reduced")}</Chip>}
        {(origins.length > 1 || asked.origins.length > 0) && origins.map(({ code, count: left }) => <Chip key={code} name="origin" value={code} checked={asked.origins.includes(code)} count={left}>{countryName(code, locale)}</Chip>)}
      </div>
      <div className="fs-filter-price">
        {(["price_min", "price_max"] as const).map((name) => (
          <input key={name} name={name} inputMode="decimal" maxLength={12} defaultValue={asked[name]} aria-label={t(`list.${name}`)} placeholder={facets.price ? money(name === "price_min" ? facets.price.least : facets.price.most) : ""} />
        ))}
        <button className="fs-button is-quiet">{t("list.apply")}</button>
        {isNarrowed && <Link to={`?${kept(params)}`} className="fs-link" preventScrollReset>{t("list.clear")}</Link>}
      </div>
    </Form>
  )
}

const kept = (params: URLSearchParams) => new URLSearchParams([...params].filter(([key]) => key === "q" || key === "sort")).toString()

function Chip({ name, value, checked, count, children }: { name: string; value: string; checked: boolean; count: number; children: ReactNode }) {
  return (
    <label className="fs-choice">
      <input type="checkbox" name={name} value={value} defaultChecked={checked} />
      <span>{children} <small>{count}</small></span>
    </label>
  )
}
