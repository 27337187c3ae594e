export const LEADER_STATES = ["pending", "approved", "refused", "suspended"] as const
export type LeaderState = (typeof LEADER_STATES)[number]

/** A pick-up point as shoppers see it: nothing of the leader but the name on the door. */
export type PointView = { leader_id: string; name: string; province: string; city: string; district: string; address: string; latitude: number; longitude: number; distance_m: number | null }

export type LeaderView = PointView & {
  status: LeaderState
  level: number
  leader_name: string
  phone: string
  commission_basis_points: number
  refusal_reason: string | null
  applied_at: string
}

/** Fen: `pending` until the goods are handed over, then `withdrawable`. */
export type CommissionSummary = { pending_amount: number; withdrawable_amount: number; clawed_back_amount: number }

/** One customer's goods on a leader's list. The phone is masked but for its last four digits. */
export type ListedParticipation = { id: string; campaign: { id: string; title: { "zh-CN": string; en: string } }; name: string; phone: string; status: string; arrived_at: string | null; lines: { title: { "zh-CN": string; en: string }; quantity: number }[] }
