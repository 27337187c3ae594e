import type { CampaignState, ParticipationState, TeamState } from "../contract"

const CAMPAIGN: Record<CampaignState, readonly CampaignState[]> = {
  draft: ["open", "refused"],
  open: ["succeeded", "failed", "closed", "refused"],
  succeeded: [],
  failed: [],
  closed: [],
  refused: [],
}
const TEAM: Record<TeamState, readonly TeamState[]> = { open: ["succeeded", "failed"], succeeded: [], failed: [] }
const PARTICIPATION: Record<ParticipationState, readonly ParticipationState[]> = {
  held: ["paid", "cancelled"],
  paid: ["confirmed", "cancelled"],
  confirmed: ["handed_over"],
  // What was given up may have been paid all the same.
  cancelled: ["refunded"],
  refunded: [],
  handed_over: [],
}

export const mayCampaign = (from: CampaignState, to: CampaignState): boolean => CAMPAIGN[from].includes(to)
export const mayTeam = (from: TeamState, to: TeamState): boolean => TEAM[from].includes(to)
export const mayParticipation = (from: ParticipationState, to: ParticipationState): boolean => PARTICIPATION[from].includes(to)

/** Opens_at counts, closes_at does not: at the cut-off it is over. */
export const isOpenAt = ({ status, opens_at, closes_at }: { status: CampaignState; opens_at: Date; closes_at: Date }, now: Date): boolean => status === "open" && opens_at <= now && now < closes_at

/** A hold ends at its time, not after it. */
export const isHeldAt = ({ status, hold_expires_at }: { status: ParticipationState; hold_expires_at: Date }, now: Date): boolean => status === "held" && now < hold_expires_at
