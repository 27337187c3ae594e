import type { LocalizedText } from "@fangshi/contracts"

/** held: the pieces are kept until hold_expires_at. paid: in the group. confirmed: an order. refunded: all money went back. */
export const PARTICIPATION_STATES = ["held", "paid", "confirmed", "cancelled", "refunded", "handed_over"] as const
export type ParticipationState = (typeof PARTICIPATION_STATES)[number]

export type ParticipationLine = { item_id: string; variant_id: string; title: LocalizedText; quantity: number; unit_price_amount: number; /** After the group's success; never more than was paid. */ due_price_amount: number | null; short: number }

export type Participation = {
  id: string
  campaign_id: string
  campaign_title: LocalizedText
  picture: string | null
  team_id: string | null
  point: { leader_id: string; name: string; address: string } | null
  status: ParticipationState
  lines: ParticipationLine[]
  pieces: number
  /** Fen. */
  amount: number
  due_amount: number | null
  refunded_amount: number
  currency_code: string
  hold_expires_at: string
  server_time: string
  order_id: string | null
  order_number: number | null
  /** The goods are at the point. */
  arrived_at: string | null
  handed_over_at: string | null
  created_at: string
}

/** What the page needs to let the shopper pay. `data` as the provider gave it. */
export type PaymentToMake = { id: string; state: string; amount: number; currency_code: string; provider_id: string | null; data: Record<string, unknown> }

export const CLAIM_STATES = ["open", "approved", "refused"] as const
export type Claim = { id: string; participation_id: string; status: (typeof CLAIM_STATES)[number]; reason: string; wanted_amount: number; approved_amount: number | null; created_at: string }
/** As the shop sees it. `most_amount`: what can still be given back, in fen. */
export type DeskClaim = Claim & { customer: string; order_number: number | null; campaign_id: string; campaign_title: LocalizedText; most_amount: number }
