import { useTranslation } from "@fangshi/storefront-kit"
import { useEffect, useState } from "react"

/** How many of one item: typed, and with scripts by a touch. */
export function Amount({ name, label, value, most, least = 0, onChange }: { name: string; label: string; value: number; most: number; least?: number; onChange: (value: number) => void }) {
  const { t } = useTranslation("group-buy")
  const [alive, setAlive] = useState(false)
  useEffect(() => setAlive(true), [])
  const to = (next: number) => onChange(Math.max(least, Math.min(most, Math.trunc(next) || 0)))
  return (
    <span className="gb-amount" role="group" aria-label={label}>
      {alive && <button type="button" onClick={() => to(value - 1)} disabled={value <= least} aria-label={t("join.less")}>−</button>}
      <input type="number" inputMode="numeric" name={name} min={least} max={most} value={value} onChange={(event) => to(Number(event.currentTarget.value))} aria-label={label} />
      {alive && <button type="button" onClick={() => to(value + 1)} disabled={value >= most} aria-label={t("join.more")}>+</button>}
    </span>
  )
}
