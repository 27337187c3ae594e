/** How far something is. `label` says it in words, for those who do not see the bar. */
export function Progress({ value, max, label }: { value: number; max: number; label: string }) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0
  return (
    <div className="fs-progress" role="progressbar" aria-valuemin={0} aria-valuemax={max} aria-valuenow={Math.min(value, max)} aria-label={label} aria-valuetext={label}>
      <span style={{ transform: `scaleX(${share})` }} />
    </div>
  )
}
