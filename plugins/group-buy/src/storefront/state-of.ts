import type { Participation, ParticipationState } from "../contract"

/** As shoppers tell them apart: goods that are at the point are more than an order. */
export const stateOf = ({ status, arrived_at, point }: Pick<Participation, "status" | "arrived_at" | "point">): ParticipationState | "arrived" | "shipping" =>
  status !== "confirmed" ? status : arrived_at ? "arrived" : point ? status : "shipping"
