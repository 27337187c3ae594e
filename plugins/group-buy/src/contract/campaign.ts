import type { LocalizedText } from "@fangshi/contracts"

/** community 社区团购: by leader and pick-up point. team 拼团: a head opens a team, members join it. */
export const CAMPAIGN_KINDS = ["community", "team"] as const
export type CampaignKind = (typeof CAMPAIGN_KINDS)[number]

/** `closed`: teams can no longer be opened, each is decided by itself. `refused`: the shop took it back, all money goes back. */
export const CAMPAIGN_STATES = ["draft", "open", "succeeded", "failed", "closed", "refused"] as const
export type CampaignState = (typeof CAMPAIGN_STATES)[number]

/** How often it begins again when it has closed; community purchases alone. */
export const REPEATS = ["none", "daily", "weekly"] as const
export type Repeats = (typeof REPEATS)[number]

/** What has to come together. */
export const MEASURES = ["people", "pieces", "amount"] as const
export type Measure = (typeof MEASURES)[number]

/** What is paid so far; `amount` in fen. */
export type Progress = { people: number; pieces: number; amount: number }

/** From so many on, one piece costs this, in fen. */
export type PriceStep = { from_count: number; unit_price_amount: number }

export type CampaignItem = {
  id: string
  product_id: string
  variant_id: string
  title: LocalizedText
  sku: string | null
  /** Bought alone, in fen. */
  unit_price_amount: number
  /** As it is now; who joins now never pays more. */
  current_price_amount: number
  steps: PriceStep[]
  stock: number
  left: number
}

export type CampaignView = {
  id: string
  kind: CampaignKind
  status: CampaignState
  title: LocalizedText
  description: LocalizedText | null
  pictures: string[]
  opens_at: string
  closes_at: string
  arrives_at: string | null
  /** By the server's clock: count down from this one. */
  server_time: string
  currency_code: string
  condition: { by: Measure; target: number }
  step_by: "people" | "pieces"
  per_person_limit: number | null
  team_size: number | null
  /** What a new team is given to become complete; it never outlasts the campaign. */
  team_hours: number
  repeats: Repeats
  /** The cycle after this one, once it is open. */
  next_id: string | null
  progress: Progress & { reached: boolean }
  items: CampaignItem[]
}

export type TeamState = "open" | "succeeded" | "failed"
export type TeamView = { id: string; campaign_id: string; status: TeamState; size: number; paid: number; taken: number; deadline: string; server_time: string; members: { name: string; head: boolean; paid: boolean }[] }

/** What everybody who watches a campaign is sent. */
export type LiveProgress = { campaign_id: string; status: CampaignState; next_id: string | null; progress: Progress; items: { id: string; left: number }[]; server_time: string }

/** Hours of the shop's clock that a new campaign is offered: its cut-off, and when the goods are at the points the next day. */
export type CampaignHours = { cut_off_hour: number; pick_up_hour: number }
