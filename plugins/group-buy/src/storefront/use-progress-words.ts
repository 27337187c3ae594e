import { useMoney, useShop, useTranslation } from "@fangshi/storefront-kit"
import type { CampaignView } from "../contract"

/** How far a campaign is, in words; of teams, how many people joined one. */
export function useProgressWords(): (campaign: Pick<CampaignView, "kind" | "condition" | "progress" | "team_size">) => string {
  const { t } = useTranslation("group-buy")
  const { locale } = useShop()
  const money = useMoney()
  return ({ kind, condition: { by, target }, progress, team_size }) => {
    const figure = (value: number) => (by === "amount" ? money(value / 100) : value.toLocaleString(locale))
    if (kind === "team") return t("progress.teams", { size: team_size, n: progress.people })
    return progress.reached ? t(`progress.reached.${by}`, { n: figure(progress[by]) }) : t(`progress.missing.${by}`, { n: figure(progress[by]), missing: figure(target - progress[by]) })
  }
}
