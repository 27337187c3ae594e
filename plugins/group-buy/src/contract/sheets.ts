import type { LocalizedText } from "@fangshi/contracts"

type Item = { item_id: string; title: LocalizedText; sku: string | null }

/** What the supplier has to bring. */
export type PurchaseLine = Item & { pieces: number; /** Fen that customers pay for them. */ amount: number; shortage: number }

/** 播种: item by pick-up point. `pieces` in the order of `points`. */
export type SortingMatrix = { points: { leader_id: string; name: string }[]; rows: (Item & { pieces: number[]; total: number })[] }

/** 摘果: one list for each point. */
export type PickingList = { leader_id: string; point: string; lines: (Item & { pieces: number })[]; parcels: { participation_id: string; name: string; lines: (Item & { pieces: number })[] }[] }

/** The driver's: points in the order of the way, beginning with the one nearest to the start. */
export type RunStop = { leader_id: string; point: string; address: string; phone: string; parcels: number; pieces: number; leg_m: number }

/** Figures for the next selection, in basis points of 10,000. */
export type Feedback = Item & { sell_through: number; claim_rate: number; repeat_rate: number }
