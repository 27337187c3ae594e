import type { CampaignKind, CampaignState, Measure, ParticipationState, PriceStep, Repeats, TeamState } from "../../contract"
import type { LocalizedText } from "@fangshi/contracts"
import type { Row } from "./service"

/** Rows as the trade reads them: bigint as number (fen and pieces stay far below 2^53), times as Date. */
export type CampaignRow = {
  id: string
  kind: CampaignKind
  status: CampaignState
  title: LocalizedText
  description: LocalizedText | null
  pictures: string[]
  opens_at: Date
  closes_at: Date
  arrives_at: Date | null
  arrived_at: Date | null
  decided_at: Date | null
  currency_code: string
  condition_by: Measure
  condition_target: number
  step_by: "people" | "pieces"
  per_person_limit: number | null
  team_size: number | null
  team_hours: number
  virtual_completion: boolean
  repeats: Repeats
  paid_people: number
  paid_pieces: number
  paid_amount: number
}
export type ItemRow = { id: string; campaign_id: string; product_id: string; variant_id: string; title: LocalizedText; sku: string | null; unit_price: number; stock: number; reserved: number; sold: number }
export type StepRow = PriceStep & { item_id: string }
export type TeamRow = { id: string; campaign_id: string; head_customer_id: string; size: number; taken: number; paid: number; status: TeamState; deadline: Date }
export type ParticipationRow = {
  id: string
  campaign_id: string
  customer_id: string
  leader_id: string | null
  team_id: string | null
  status: ParticipationState
  pieces: number
  amount: number
  due_amount: number | null
  refunded_amount: number
  currency_code: string
  hold_expires_at: Date
  payment_id: string | null
  order_id: string | null
  order_number: number | null
  ship: { name: string; phone: string; province: string; city: string; district: string; address: string }
  joined_at: Date
  paid_at: Date | null
  confirmed_at: Date | null
  arrived_at: Date | null
  handed_over_at: Date | null
}
export type LineRow = { participation_id: string; item_id: string; quantity: number; unit_price: number; due_price: number | null; short: number }

const text = (row: Row, name: string): LocalizedText => ({ "zh-CN": row[`${name}_zh`] as string, en: row[`${name}_en`] as string })
const date = (value: unknown): Date => new Date(value as string)
const maybe = <T>(value: unknown, make: (value: unknown) => T): T | null => (value === null || value === undefined ? null : make(value))

export const campaignRow = (row: Row): CampaignRow => ({
  ...(row as Pick<CampaignRow, "id" | "kind" | "status" | "currency_code" | "condition_by" | "step_by" | "virtual_completion" | "repeats">),
  title: text(row, "title"),
  description: row.description_zh === null ? null : text(row, "description"),
  pictures: JSON.parse(row.pictures as string) as string[],
  opens_at: date(row.opens_at),
  closes_at: date(row.closes_at),
  arrives_at: maybe(row.arrives_at, date),
  arrived_at: maybe(row.arrived_at, date),
  decided_at: maybe(row.decided_at, date),
  condition_target: Number(row.condition_target),
  per_person_limit: maybe(row.per_person_limit, Number),
  team_size: maybe(row.team_size, Number),
  team_hours: Number(row.team_hours),
  paid_people: Number(row.paid_people),
  paid_pieces: Number(row.paid_pieces),
  paid_amount: Number(row.paid_amount),
})

export const itemRow = (row: Row): ItemRow => ({
  ...(row as Pick<ItemRow, "id" | "campaign_id" | "product_id" | "variant_id" | "sku">),
  title: text(row, "title"),
  unit_price: Number(row.unit_price),
  stock: Number(row.stock),
  reserved: Number(row.reserved),
  sold: Number(row.sold),
})

export const stepRow = (row: Row): StepRow => ({ item_id: row.item_id as string, from_count: Number(row.from_count), unit_price_amount: Number(row.unit_price) })

export const teamRow = (row: Row): TeamRow => ({ ...(row as Pick<TeamRow, "id" | "campaign_id" | "head_customer_id" | "status">), size: Number(row.size), taken: Number(row.taken), paid: Number(row.paid), deadline: date(row.deadline) })

export const participationRow = (row: Row): ParticipationRow => ({
  ...(row as Pick<ParticipationRow, "id" | "campaign_id" | "customer_id" | "leader_id" | "team_id" | "status" | "currency_code" | "payment_id" | "order_id">),
  pieces: Number(row.pieces),
  amount: Number(row.amount),
  due_amount: maybe(row.due_amount, Number),
  refunded_amount: Number(row.refunded_amount),
  order_number: maybe(row.order_number, Number),
  hold_expires_at: date(row.hold_expires_at),
  ship: { name: row.ship_name as string, phone: row.ship_phone as string, province: row.ship_province as string, city: row.ship_city as string, district: row.ship_district as string, address: row.ship_address as string },
  joined_at: date(row.joined_at),
  paid_at: maybe(row.paid_at, date),
  confirmed_at: maybe(row.confirmed_at, date),
  arrived_at: maybe(row.arrived_at, date),
  handed_over_at: maybe(row.handed_over_at, date),
})

export const lineRow = (row: Row): LineRow => ({
  participation_id: row.participation_id as string,
  item_id: row.item_id as string,
  quantity: Number(row.quantity),
  unit_price: Number(row.unit_price),
  due_price: maybe(row.due_price, Number),
  short: Number(row.short),
})
