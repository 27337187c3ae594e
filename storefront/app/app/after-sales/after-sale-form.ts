import { AFTER_SALE_KINDS, AFTER_SALE_LIMITS, type AfterSaleKind, type AfterSaleLine, type AfterSaleReason, mostFor } from "@fangshi/contracts"
import { typedText } from "../pictures/picture-form"
import { fenOf } from "../workbench/desk"

export type AfterSaleForm = { kind: AfterSaleKind; quantity: number; reason: AfterSaleReason | null; amount: string; text: string }
export type WrongAfterSale = "quantity" | "reason" | "amount"

/** What somebody typed, as far as it makes sense for this line. */
export const typedAfterSale = (form: FormData, { reasons }: Pick<AfterSaleLine, "reasons">): AfterSaleForm => ({
  kind: AFTER_SALE_KINDS.find((kind) => kind === form.get("kind")) ?? "return",
  quantity: Math.trunc(Number(form.get("quantity") ?? 1)) || 0,
  reason: reasons.find((reason) => reason === form.get("reason")) ?? null,
  amount: typedText(form.get("amount"), 12),
  text: typedText(form.get("text"), AFTER_SALE_LIMITS.text),
})

/** The fields that are wrong, or the amount in fen: an empty field asks for all that can go back, an exchange for nothing. */
export function checkAfterSale({ kind, quantity, reason, amount }: AfterSaleForm, line: AfterSaleLine): { wrong: WrongAfterSale | null; asked_amount: number } {
  const most = mostFor(line, quantity)
  const asked_amount = kind === "exchange" ? 0 : amount === "" ? most : (fenOf(amount) ?? -1)
  if (quantity < 1 || quantity > line.pieces) return { wrong: "quantity", asked_amount }
  if (!reason) return { wrong: "reason", asked_amount }
  const right = kind === "exchange" || (asked_amount >= 1 && asked_amount <= most)
  return { wrong: right ? null : "amount", asked_amount }
}
