/** What somebody of the staff may be, the mightiest first. */
export const ROLES = ["owner", "manager", "clerk"] as const
export type Role = (typeof ROLES)[number]

/** What the workbench lets people do, and which roles may. Asked on the server for every call; pages ask it to leave out what would be refused. */
const DUTIES = {
  orders: ["owner", "manager", "clerk"],
  products: ["owner", "manager"],
  refunds: ["owner", "manager"],
  reviews: ["owner", "manager", "clerk"],
  hideReviews: ["owner", "manager"],
  delivery: ["owner", "manager"],
  staff: ["owner", "manager"],
  merchants: ["owner"],
} as const satisfies Record<string, readonly Role[]>

export type Duty = keyof typeof DUTIES

export const may = (role: Role, duty: Duty): boolean => (DUTIES[duty] as readonly Role[]).includes(role)

/** Whom a role may invite or send away: a manager only clerks, an owner everybody. */
export const mayInvite = (by: Role, whom: Role): boolean => by === "owner" || (by === "manager" && whom === "clerk")

/** The way of a parcel, which is one merchant's part of an order. */
export const PARCEL_STATES = ["new", "packing", "ready", "done", "refused"] as const
export type ParcelState = (typeof PARCEL_STATES)[number]
/** Those in which there is still something to do. */
export const OPEN_STATES = ["new", "packing", "ready"] as const satisfies readonly ParcelState[]

/** Digits of a pick-up code. */
export const PICK_UP_CODE = /^\d{6}$/
