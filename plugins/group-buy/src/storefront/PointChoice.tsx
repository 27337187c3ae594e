import { useShop, useTranslation } from "@fangshi/storefront-kit"
import { useEffect, useState } from "react"
import type { PointView } from "../contract"

type State = "idle" | "asking" | "found" | "refused" | "failed"

/** Where the goods are collected; the nearest first once the shopper lets the phone say where it is. */
export function PointChoice({ campaign_id, points, chosen }: { campaign_id: string; points: PointView[]; chosen: string }) {
  const { t } = useTranslation("group-buy")
  const { locale } = useShop()
  const [near, setNear] = useState<PointView[] | null>(null)
  const [state, setState] = useState<State>("idle")
  const [able, setAble] = useState(false)
  const [picked, pick] = useState(chosen || (points[0]?.leader_id ?? ""))
  useEffect(() => setAble("geolocation" in navigator), [])
  const locate = () => {
    setState("asking")
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        // A hundred metres are near enough to compare points, and tell less of where somebody lives.
        const query = new URLSearchParams({ latitude: coords.latitude.toFixed(3), longitude: coords.longitude.toFixed(3) })
        fetch(`/x-data/group-buy/campaigns/${encodeURIComponent(campaign_id)}/points?${query}`)
          .then((answer) => (answer.ok ? (answer.json() as Promise<{ points: PointView[] }>) : Promise.reject(new Error(String(answer.status)))))
          .then((told) => {
            setNear(told.points)
            pick(told.points[0]?.leader_id ?? picked)
            setState("found")
          })
          .catch(() => setState("failed"))
      },
      ({ code, PERMISSION_DENIED }) => setState(code === PERMISSION_DENIED ? "refused" : "failed"),
      { maximumAge: 300_000, timeout: 15_000 },
    )
  }
  const far = (metres: number) => new Intl.NumberFormat(locale, { style: "unit", unit: metres < 1_000 ? "meter" : "kilometer", unitDisplay: locale === "en" ? "short" : "long", maximumFractionDigits: 1 }).format(metres < 1_000 ? Math.max(10, Math.round(metres / 10) * 10) : metres / 1_000)
  return (
    <fieldset className="gb-points">
      <legend>{t("join.point")}</legend>
      {able && <button type="button" className="fs-link" onClick={locate} disabled={state === "asking"}>{t(state === "asking" ? "join.locating" : "join.locate")}</button>}
      <p role="status" className="gb-soft">{(state === "refused" || state === "failed" || state === "found") && t(`join.place.${state}`)}</p>
      {(near ?? points).map(({ leader_id, name, city, district, address, distance_m }) => (
        <label key={leader_id} className="fs-radio">
          <input type="radio" name="leader_id" value={leader_id} checked={picked === leader_id} onChange={() => pick(leader_id)} required />
          <span><b>{name}</b><small className="gb-soft">{city}{district}{address}</small></span>
          {distance_m !== null && <b className="gb-far">{far(distance_m)}</b>}
        </label>
      ))}
    </fieldset>
  )
}
