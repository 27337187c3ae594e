import { Field, type Problem, ProblemNote, useTranslation } from "@fangshi/storefront-kit"
import { useEffect, useState } from "react"
import { Form } from "react-router"

const FIELDS = [["leader_name", "name", "text"], ["phone", "tel", "tel"], ["point_name", "off", "text"], ["province", "address-level1", "text"], ["city", "address-level2", "text"], ["district", "address-level3", "text"], ["address", "street-address", "text"]] as const

/** The form of whoever wants to run a pick-up point. Where it is comes from the phone, or is typed. */
export function LeaderApplication({ problem, typed, busy }: { problem: Problem | null; typed: Readonly<Record<string, string>>; busy: boolean }) {
  const { t } = useTranslation("group-buy")
  const [place, setPlace] = useState({ latitude: typed.latitude ?? "", longitude: typed.longitude ?? "" })
  const [able, setAble] = useState(false)
  const [failed, setFailed] = useState(false)
  useEffect(() => setAble("geolocation" in navigator), [])
  const locate = () => navigator.geolocation.getCurrentPosition(({ coords }) => setPlace({ latitude: coords.latitude.toFixed(5), longitude: coords.longitude.toFixed(5) }), () => setFailed(true), { timeout: 15_000 })
  return (
    <section className="fs-narrow">
      <h1 className="fs-title">{t("apply.title")}</h1>
      <p className="gb-soft gb-promise">{t("apply.hint")}</p>
      <ProblemNote problem={problem} />
      <Form method="post" className="fs-panel fs-fields">
        {FIELDS.map(([name, autoComplete, type]) => <Field key={name} name={name} label={t(`apply.${name}`)} error={null} defaultValue={typed[name] ?? ""} autoComplete={autoComplete} type={type} required />)}
        <fieldset className="gb-place">
          <legend>{t("apply.place")}</legend>
          {able && <button type="button" className="fs-button is-quiet" onClick={locate}>{t("apply.locate")}</button>}
          {failed && <p role="status" className="gb-soft">{t("join.place.failed")}</p>}
          {(["latitude", "longitude"] as const).map((name) => (
            <p key={name} className="fs-field"><label htmlFor={name}>{t(`apply.${name}`)}</label><input id={name} name={name} type="number" step="any" required value={place[name]} onChange={(event) => setPlace({ ...place, [name]: event.currentTarget.value })} /></p>
          ))}
        </fieldset>
        <button className="fs-button" name="do" value="apply" disabled={busy}>{t("apply.send")}</button>
      </Form>
    </section>
  )
}
