import { priceAt } from "../src/contract"
import { duePrice } from "../src/rules/price"
import { minutes } from "./books"

export const STOCK = 5
export const LIMIT = 4
export const TARGET = 2
export const PRICE = 1_000
export const STEPS = [{ from_count: 2, unit_price_amount: 900 }]
export const CLOSES = 30
const HOLD = 15

type Member = { customer: string; quantity: number; price: number; due: number | null; expires: number; status: "held" | "paid" | "confirmed" | "cancelled" | "refunded"; payment: "pending" | "authorized" | "captured" | "released" | null; returned: number; give_back: boolean }

/** A campaign with one item as plain memory: what the SQL has to agree with after every step. Minutes since the start. */
export class CampaignModel {
  now = 0
  status: "open" | "succeeded" | "failed" | "refused" = "open"
  readonly members = new Map<string, Member>()

  private of(...states: Member["status"][]): Member[] {
    return [...this.members.values()].filter(({ status }) => states.includes(status))
  }
  private pieces(...states: Member["status"][]): number {
    return this.of(...states).reduce((sum, { quantity }) => sum + quantity, 0)
  }
  get people(): number {
    return new Set(this.of("paid", "confirmed").map(({ customer }) => customer)).size
  }
  private isOpen(): boolean {
    return this.status === "open" && this.now < CLOSES
  }
  private taken(customer: string): number {
    return this.of("held", "paid", "confirmed").reduce((sum, member) => sum + (member.customer === customer ? member.quantity : 0), 0)
  }

  join(key: string, customer: string, quantity: number): string {
    const known = this.members.get(key)
    if (known) return known.customer === customer ? known.status : "GROUP_BUY_KEY_REUSED"
    if (this.refusal(customer, quantity) !== null) this.expire()
    const refused = this.refusal(customer, quantity)
    if (refused) return refused
    this.members.set(key, { customer, quantity, price: priceAt(PRICE, STEPS, this.people), due: null, expires: Math.min(this.now + HOLD, CLOSES), status: "held", payment: null, returned: 0, give_back: false })
    return "held"
  }

  private refusal(customer: string, quantity: number): string | null {
    if (this.status === "succeeded") return "GROUP_BUY_COMPLETE"
    if (!this.isOpen()) return "GROUP_BUY_CAMPAIGN_CLOSED"
    if (this.taken(customer) + quantity > LIMIT) return "GROUP_BUY_LIMIT"
    return this.pieces("held", "paid", "confirmed") + quantity > STOCK ? "GROUP_BUY_SOLD_OUT" : null
  }

  /** `provider`: what the shopper has done there before the page comes back. */
  pay(key: string, provider: "nothing" | "authorized" | "captured"): string {
    const member = this.member(key)
    if (member.payment === null && !(member.status === "held" && this.now < member.expires)) return "GROUP_BUY_NOT_NOW"
    member.payment ??= "pending"
    if (member.payment === "pending" && provider !== "nothing") member.payment = provider
    if (member.payment === "pending") return "waiting"
    if (member.payment === "released") return "late"
    if (member.status === "paid" || member.status === "confirmed") return "paid"
    if (member.status === "held" && this.now < member.expires && this.isOpen()) {
      member.status = "paid"
      return "paid"
    }
    if (member.status === "held") member.status = "cancelled"
    member.give_back = true
    return "late"
  }

  leave(key: string): string {
    const member = this.member(key)
    if (member.status === "cancelled" || member.status === "refunded") return member.status
    if (member.status !== "held" && !(member.status === "paid" && this.isOpen())) return "GROUP_BUY_NOT_NOW"
    this.giveUp(member)
    return "cancelled"
  }

  private giveUp(member: Member): void {
    member.status = "cancelled"
    if (member.payment) member.give_back = true
  }

  private expire(): void {
    for (const member of this.of("held")) if (member.expires <= this.now) this.giveUp(member)
  }

  close(how: "due" | "early" | "refuse"): string {
    if (how === "due") {
      this.expire()
      if (this.now < CLOSES) return this.status
    }
    if (this.status !== "open") return how === "refuse" && this.status !== "refused" ? "GROUP_BUY_NOT_NOW" : this.status
    const succeeds = how !== "refuse" && this.people >= TARGET
    const final = priceAt(PRICE, STEPS, this.people)
    for (const member of this.of("held", "paid")) {
      if (member.status === "paid" && succeeds) member.due = duePrice(member.price, final)
      else this.giveUp(member)
    }
    this.status = how === "refuse" ? "refused" : succeeds ? "succeeded" : "failed"
    return this.status
  }

  work(): void {
    for (const member of this.members.values()) {
      if (member.give_back) {
        member.give_back = false
        member.status = "refunded"
        if (member.payment === "captured") member.returned = member.price * member.quantity
        else if (member.payment) member.payment = "released"
      }
      if (member.status === "paid" && this.status === "succeeded") {
        member.status = "confirmed"
        member.payment = "captured"
        member.returned = (member.price - (member.due ?? member.price)) * member.quantity
      }
    }
  }

  private member(key: string): Member {
    const member = this.members.get(key)
    if (!member) throw new Error(`the model has no ${key}`)
    return member
  }

  get time(): Date {
    return minutes(this.now)
  }

  /** What is compared with the tables and with the provider's books. */
  picture(): object {
    const captured = [...this.members.values()].filter(({ payment }) => payment === "captured")
    return {
      status: this.status,
      reserved: this.pieces("held"),
      sold: this.pieces("paid", "confirmed"),
      people: this.people,
      members: Object.fromEntries([...this.members].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, { status }]) => [key, status])),
      takings: captured.reduce((sum, { price, quantity, returned }) => sum + price * quantity - returned, 0),
    }
  }
}
