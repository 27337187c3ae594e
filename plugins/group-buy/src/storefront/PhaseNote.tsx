import { Countdown, useTranslation } from "@fangshi/storefront-kit"
import type { CampaignView } from "../contract"
import type { Phase } from "./phase"

/** What a campaign is doing, with the time that is left, or why nobody can join it. */
export function PhaseNote({ campaign: { opens_at, closes_at, server_time, progress, kind }, phase }: { campaign: CampaignView; phase: Phase }) {
  const { t } = useTranslation("group-buy")
  if (phase === "soon" || phase === "open") {
    return (
      <p className={`gb-clock is-${phase}`}>
        <b>{t(phase === "soon" ? "phase.soon" : kind === "community" && progress.reached ? "phase.reached" : "phase.open")}</b>
        <span>{t(phase === "soon" ? "opensIn" : "closesIn")} <Countdown until={phase === "soon" ? opens_at : closes_at} now={server_time} over={t(phase === "soon" ? "isOpen" : "phase.over")} /></span>
      </p>
    )
  }
  return <div className={`fs-notice gb-phase${phase === "succeeded" ? " is-good" : ""}`} role="status"><b>{t(`phase.${phase}`)}</b> {t(`why.${phase}`)}</div>
}
