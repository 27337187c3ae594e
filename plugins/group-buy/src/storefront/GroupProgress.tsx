import { Progress, useMoney, useShop, useTranslation } from "@fangshi/storefront-kit"
import type { CampaignView } from "../contract"

/** How far a campaign is, as a bar and in words; of teams, how many people joined one. */
export function GroupProgress({ campaign: { kind, condition: { by, target }, progress, team_size } }: { campaign: CampaignView }) {
  const { t } = useTranslation("group-buy")
  const { locale } = useShop()
  const money = useMoney()
  const figure = (value: number) => (by === "amount" ? money(value / 100) : value.toLocaleString(locale))
  if (kind === "team") return <p className="gb-soft">{t("progress.teams", { size: team_size, n: progress.people })}</p>
  const value = progress[by]
  const words = progress.reached ? t(`progress.reached.${by}`, { n: figure(value) }) : t(`progress.missing.${by}`, { n: figure(value), missing: figure(target - value) })
  return (
    <div className="gb-progress">
      <Progress value={value} max={target} label={words} />
      <p className="gb-soft" aria-live="polite">{words}</p>
    </div>
  )
}
