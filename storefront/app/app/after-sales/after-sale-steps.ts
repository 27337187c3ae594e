import { type AfterSale, goesBack } from "@fangshi/contracts"

/** A step of a request's way, a key of the locale files; `at` is null where it was not taken yet. */
export type AfterSaleMoment = { key: "asked" | "approved" | "sent_back" | "received" | "refunded" | "exchanged" | "refused" | "withdrawn"; at: string | null }

type Way = Pick<AfterSale, "kind" | "state" | "created_at" | "approved_at" | "sent_at" | "received_at" | "closed_at">

/** The way of a request from asked to its end: what was taken, and what is still to come. */
export function momentsOf({ kind, state, created_at, approved_at, sent_at, received_at, closed_at }: Way): AfterSaleMoment[] {
  const ended = state === "refused" || state === "withdrawn"
  const back: AfterSaleMoment[] = goesBack(kind) ? [{ key: "sent_back", at: sent_at }, { key: "received", at: received_at }] : []
  const way: AfterSaleMoment[] = [{ key: "approved", at: approved_at }, ...back]
  const last: AfterSaleMoment = { key: state === "refused" || state === "withdrawn" ? state : kind === "exchange" ? "exchanged" : "refunded", at: closed_at }
  // Goods brought by hand were never sent; after its end nothing is still to come.
  const taken = way.filter(({ key, at }) => at !== null || (!ended && !(key === "sent_back" && received_at !== null)))
  return [{ key: "asked", at: created_at }, ...taken, last]
}
