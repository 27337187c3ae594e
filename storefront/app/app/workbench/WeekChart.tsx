import { useMoney, useTranslation } from "@fangshi/storefront-kit"

const [WIDTH, HEIGHT, GAP] = [320, 96, 12]
const BAR = WIDTH / 7 - GAP

/** Sales of seven days as bars, today's in full colour; read out day by day. */
export function WeekChart({ week }: { week: { day: string; goods_amount: number }[] }) {
  const { t } = useTranslation()
  const money = useMoney()
  const most = Math.max(1, ...week.map(({ goods_amount }) => goods_amount))
  const label = week.map(({ day, goods_amount }) => `${day.slice(5)} ${money(goods_amount / 100)}`).join(", ")
  return (
    <svg className="wb-chart" viewBox={`0 0 ${WIDTH} ${HEIGHT + 20}`} role="img" aria-label={t("labelled", { label: t("home.week"), value: label })}>
      {week.map(({ day, goods_amount }, i) => {
        const height = Math.max(3, (goods_amount / most) * HEIGHT)
        const x = i * (BAR + GAP) + GAP / 2
        return (
          <g key={day} className={i === week.length - 1 ? "is-today" : undefined}>
            <rect x={x} y={HEIGHT - height} width={BAR} height={height} rx="5" />
            <text x={x + BAR / 2} y={HEIGHT + 15} textAnchor="middle">{day.slice(5).replace("-", "/")}</text>
          </g>
        )
      })}
    </svg>
  )
}
