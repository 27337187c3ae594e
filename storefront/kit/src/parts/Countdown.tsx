import type { Locale } from "@fangshi/contracts"
import { useShop } from "../ShopProvider"
import { useServerClock } from "./server-clock"

const two = (number: number) => String(number).padStart(2, "0")
const days = (count: number, locale: Locale) => new Intl.NumberFormat(locale, { style: "unit", unit: "day", unitDisplay: "long" }).format(count)

/** The time left until an instant, by the shop's clock. `now`: when the page was made. Shows `over` afterwards. */
export function Countdown({ until, now, over }: { until: string; now: string; over: string }) {
  const { locale } = useShop()
  const left = Math.ceil((Date.parse(until) - useServerClock(now)) / 1_000)
  if (left <= 0) return <span className="fs-countdown is-over">{over}</span>
  const day = Math.floor(left / 86_400)
  const figures = [Math.floor(left / 3_600) % 24, Math.floor(left / 60) % 60, left % 60].map(two)
  return (
    // Read when somebody asks for it: a voice that counts seconds says nothing else.
    <time className="fs-countdown" role="timer" aria-live="off" dateTime={until}>
      {day > 0 && <b>{days(day, locale)}</b>} {figures.map((figure, i) => <span key={i}>{i > 0 && <i>:</i>}<b>{figure}</b></span>)}
    </time>
  )
}
