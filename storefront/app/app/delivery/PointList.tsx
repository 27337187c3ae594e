import { useTranslation } from "@fangshi/storefront-kit"
import { useEffect, useState } from "react"
import { useFetcher } from "react-router"
import { Distance } from "./Distance"
import type { PagePoint } from "./delivery"

/** So many are seen at once; the others are a press away. */
const FIRST = 4

type Props = { points: PagePoint[]; chosen: string; wrong: boolean }

/** Points to collect goods at. Those of the address come first; who lets the browser say where they are sees the nearest first. */
export function PointList({ points: byAddress, chosen, wrong }: Props) {
  const { t } = useTranslation()
  const { locate, state, nearest } = useNearest()
  const points = nearest ?? byAddress
  const [picked, setPicked] = useState(chosen)
  const current = points.some(({ id }) => id === picked) ? picked : points[0]?.id
  const item = (point: PagePoint) => (
    <li key={point.id}>
      <label className="fs-radio fs-point">
        <input type="radio" name="pick_up_point" value={point.id} checked={point.id === current} onChange={() => setPicked(point.id)} />
        <span><b>{point.name}</b><small>{point.address}</small><small>{point.opening_hours}</small></span>
        <Distance metres={point.distance_m} />
      </label>
      {point.phone && <a className="fs-link fs-point-phone" href={`tel:${point.phone}`} aria-label={`${point.name} ${point.phone}`}>{point.phone}</a>}
    </li>
  )
  const rest = points.slice(FIRST)
  return (
    <div className="fs-if is-for-pick_up" role="radiogroup" aria-labelledby="points" aria-invalid={wrong || undefined} tabIndex={wrong ? -1 : undefined}>
      <div className="fs-points-head">
        <h3 id="points">{t("delivery.points")}</h3>
        {locate && <button type="button" className="fs-button is-quiet" onClick={locate} disabled={state === "asking"}>{t(state === "asking" ? "delivery.locating" : "delivery.locate")}</button>}
      </div>
      <p className="fs-sub" role="status">{state === "refused" || state === "failed" ? t(`delivery.${state}`) : state === "found" ? t("delivery.nearest") : ""}</p>
      <ul>{points.slice(0, FIRST).map(item)}</ul>
      {rest.length > 0 && (
        <details open={rest.some(({ id }) => id === current) || undefined}>
          <summary>{t("delivery.morePoints", { count: rest.length })}</summary>
          <ul>{rest.map(item)}</ul>
        </details>
      )}
    </div>
  )
}

type State = "idle" | "asking" | "found" | "refused" | "failed"

/** Asks the browser for the position, and the shop for what is near it. `locate` is null where the browser cannot, as before scripts run. */
function useNearest(): { locate: (() => void) | null; state: State; nearest: PagePoint[] | null } {
  const fetcher = useFetcher<{ points: PagePoint[] }>()
  const [able, setAble] = useState(false)
  const [asked, setAsked] = useState<Exclude<State, "found">>("idle")
  useEffect(() => setAble("geolocation" in navigator), [])
  const nearest = fetcher.data?.points ?? null
  const locate = () => {
    setAsked("asking")
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setAsked("idle")
        // A hundred metres are near enough to compare shops, and tell less of where somebody lives.
        void fetcher.load(`/checkout/points?${new URLSearchParams({ latitude: coords.latitude.toFixed(3), longitude: coords.longitude.toFixed(3) })}`)
      },
      ({ code, PERMISSION_DENIED }) => setAsked(code === PERMISSION_DENIED ? "refused" : "failed"),
      { maximumAge: 300_000, timeout: 15_000 },
    )
  }
  const state = asked !== "idle" ? asked : fetcher.state !== "idle" ? "asking" : nearest ? "found" : "idle"
  return { locate: able ? locate : null, state, nearest }
}
