import { Field, useTranslation } from "@fangshi/storefront-kit"
import { useState } from "react"
import type { PlaceLists } from "./place.server"

type PlaceFieldsProps = { lists: PlaceLists; values: Record<string, string>; wrong: ReadonlySet<string> }

/** Province, city and district. Fields that suggest, so that they work without script, by keyboard and with another input method; with script, only the cities of the province. */
export function PlaceFields({ lists, values, wrong }: PlaceFieldsProps) {
  const { t } = useTranslation()
  const [province, setProvince] = useState(values.province ?? "")
  const chosen = lists.cities.filter((each) => each.province === province.trim())
  const error = (name: string) => (wrong.has(name) ? t(`checkout.wrong.${name}`) : null)
  return (
    <div className="fs-fields is-pair" onInput={({ target }) => target instanceof HTMLInputElement && target.name === "province" && setProvince(target.value)}>
      <Field name="province" label={t("checkout.province")} error={error("province")} defaultValue={values.province ?? ""} autoComplete="address-level1" list="provinces" required />
      <Field name="city" label={t("checkout.city")} error={error("city")} defaultValue={values.city ?? ""} autoComplete="address-level2" list="cities" required />
      <Field name="district" label={t("checkout.district")} error={error("district")} defaultValue={values.district ?? ""} autoComplete="address-level3" />
      <datalist id="provinces">{lists.provinces.map((name) => <option key={name} value={name} />)}</datalist>
      <datalist id="cities">{(chosen.length ? chosen : lists.cities).flatMap((each) => each.names.map((name) => <option key={name} value={name} />))}</datalist>
    </div>
  )
}
