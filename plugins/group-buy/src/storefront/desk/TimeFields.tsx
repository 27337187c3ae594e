import { useShop, useTranslation } from "@fangshi/storefront-kit"
import { fieldTime } from "../shop-time"
import type { CampaignHours } from "../../contract"

const DAY_MS = 86_400_000
const hour = (of: number) => `${String(of).padStart(2, "0")}:00`

/** When a campaign opens, closes and arrives: from now to the next cut-off, and to the point the day after. `now`: an instant. */
export function TimeFields({ now, defaults, typed, arrives = true }: { now: string; defaults: CampaignHours; typed: Readonly<Record<string, string>>; arrives?: boolean }) {
  const { t } = useTranslation("group-buy")
  const { time_zone } = useShop()
  const local = (ms: number) => fieldTime(ms, time_zone)
  const dayOf = (ms: number) => local(ms).slice(0, 10)
  const start = Date.parse(now)
  const tonight = `${dayOf(start)}T${hour(defaults.cut_off_hour)}`
  const closing = tonight > local(start) ? start : start + DAY_MS
  const times = { opens_at: local(start), closes_at: `${dayOf(closing)}T${hour(defaults.cut_off_hour)}`, ...(arrives ? { arrives_at: `${dayOf(closing + DAY_MS)}T${hour(defaults.pick_up_hour)}` } : {}) }
  return <>{Object.entries(times).map(([name, value]) => <label key={name}>{t(`desk.${name}`)}<input type="datetime-local" name={name} defaultValue={typed[name] ?? value} required={name !== "arrives_at"} /></label>)}</>
}
