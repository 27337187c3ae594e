import { useMoney, useTranslation } from "@fangshi/storefront-kit"
import type { CampaignItem, CampaignView } from "../contract"

/** The stairs of one item's price: what it costs at how many, and on which stair the group stands. */
export function PriceSteps({ campaign: { step_by, progress, kind }, item: { steps, unit_price_amount, current_price_amount } }: { campaign: CampaignView; item: CampaignItem }) {
  const { t } = useTranslation("group-buy")
  const money = useMoney()
  if (kind === "team" || !steps.length) return null
  const counted = step_by === "people" ? progress.people : progress.pieces
  const stairs = [{ from_count: 0, unit_price_amount }, ...steps]
  const lowest = Math.min(...stairs.map((stair) => stair.unit_price_amount))
  // The lowest stair stays a stair, and what is between is drawn to scale.
  const height = (amount: number) => Math.round(14 + (42 * (amount - lowest)) / Math.max(1, unit_price_amount - lowest))
  const next = steps.find(({ from_count }) => from_count > counted)
  return (
    <div className="gb-steps">
      <ol>
        {stairs.map((stair) => {
          const here = stair.unit_price_amount === current_price_amount
          return (
            <li key={stair.from_count} className={here ? "is-here" : stair.from_count <= counted ? "is-past" : undefined} aria-current={here ? "step" : undefined}>
              <b>{money(stair.unit_price_amount / 100)}</b>
              <span style={{ height: `${height(stair.unit_price_amount)}px` }} />
              <small>{stair.from_count ? t(`steps.${step_by}`, { n: stair.from_count }) : t("steps.alone")}</small>
            </li>
          )
        })}
      </ol>
      <p className="gb-soft">{next ? t(`steps.next.${step_by}`, { n: next.from_count - counted, price: money(next.unit_price_amount / 100) }) : t("steps.lowest")}</p>
    </div>
  )
}
