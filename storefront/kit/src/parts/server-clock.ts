import { useEffect, useState } from "react"

/** A page may come from memory, and a phone's clock may be wrong: by more than this, and the shop is asked. */
const TRUSTED_MS = 2_000
const SECOND_MS = 1_000

/** The shop's time in ms, each second. `now`: when the page was made, an instant. Until scripts run it stands still. */
export function useServerClock(now: string): number {
  const [time, setTime] = useState(() => Date.parse(now))
  useEffect(() => {
    let ahead = Date.parse(now) - Date.now()
    let gone = false
    const tick = () => setTime(Date.now() + ahead)
    const timer = setInterval(tick, SECOND_MS)
    if (Math.abs(ahead) > TRUSTED_MS) {
      fetch("/now.json", { cache: "no-store" })
        .then((answer) => answer.json() as Promise<{ now: string }>)
        .then((told) => {
          ahead = Date.parse(told.now) - Date.now()
          if (!gone) tick()
        })
        // Offline: what the page says is the best there is.
        .catch(() => undefined)
    }
    return () => {
      gone = true
      clearInterval(timer)
    }
  }, [now])
  return time
}
