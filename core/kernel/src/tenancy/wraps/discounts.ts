import { FangshiError } from "@fangshi/contracts"
import { BigNumber, MathBN, Modules } from "@medusajs/framework/utils"
import { runInTenant } from "../context"
import { type SeamUse, type Wrap, type WrappedHost, expectSeam, wrapMethod } from "../seam"
import { wholeShares } from "./whole-shares"

type Amount = ConstructorParameters<typeof BigNumber>[0]
type Action = { action: string; code: string; item_id?: string; amount?: Amount; is_tax_inclusive?: boolean }
type Item = { id: string; subtotal?: Amount; original_total?: Amount }
type Context = { items?: Item[] }
type Promotions = {
  computeActions(codes: string[], context: Context, ...rest: unknown[]): Promise<Action[]>
  registerUsage(actions: Action[], context: unknown, ...rest: unknown[]): Promise<void>
  listActivePromotions(filters: { code: string[] }, config: object): Promise<{ code: string }[]>
}

const FEN = 100
const service = (host: WrappedHost) => host.container.resolve(Modules.PROMOTION) as unknown as Promotions

let use: SeamUse = { calls: 0 }

/** How much more a buyer saves than the amount of an adjustment says: tax, where it is counted without. */
function grossOf(action: Action, item: Item | undefined): Amount {
  if (action.is_tax_inclusive || !item?.subtotal || !item.original_total || MathBN.eq(item.subtotal as never, 0)) return 1
  return MathBN.div(item.original_total as never, item.subtotal as never) as Amount
}

/** What each code takes off the lines, in whole fen with tax, that together are the whole fen of their sum. */
function inWholeFen(actions: Action[], items: Item[]): Action[] {
  const itemOf = new Map(items.map((item) => [item.id, item]))
  const room = new Map(items.map((item) => [item.id, Math.round(Number(item.original_total ?? 0) * FEN)]))
  const priced = actions.filter((action) => action.action === "addItemAdjustment")
  for (const code of new Set(priced.map((action) => action.code))) {
    const own = priced.filter((action) => action.code === code)
    const gross = own.map((action) => grossOf(action, itemOf.get(action.item_id ?? "")))
    const shares = wholeShares(own.map((action, i) => Number(MathBN.mult(MathBN.mult(action.amount as never, gross[i] as never), FEN))))
    for (const [i, action] of own.entries()) {
      const left = room.get(action.item_id ?? "") ?? 0
      const fen = Math.min(shares[i] ?? 0, left)
      room.set(action.item_id ?? "", left - fen)
      action.amount = new BigNumber(MathBN.div(MathBN.div(fen, FEN), gross[i] as never) as never) as unknown as Amount
    }
  }
  return actions.filter((action) => action.action !== "addItemAdjustment" || MathBN.gt(action.amount as never, 0))
}

/** Promotions take off what can be paid, and are refused at the till in words that say why. */
export const discounts: Wrap = {
  name: "discounts",
  reason: "A discount was shared out in fractions of a fen, so that lines did not add up to what was paid; and a code that had run out still discounted a cart that carried it.",
  seam: "@medusajs/promotion services/promotion-module.js",
  afterLoad: (host) => {
    const target = service(host)
    use = wrapMethod(discounts.seam, target, "computeActions", (original) => async function (codes: string[], context: Context, ...rest: unknown[]) {
      return inWholeFen((await original.call(this, codes, context, ...rest)) as Action[], context.items ?? [])
    })
    // Called in the transaction of a purchase, and only for carts with a discount.
    wrapMethod(discounts.seam, target, "registerUsage", (original) => async function (this: Promotions, actions: Action[], ...rest: unknown[]) {
      const codes = [...new Set(actions.map(({ code }) => code).filter(Boolean))]
      const active = new Set((await this.listActivePromotions({ code: codes }, { select: ["code"] })).map(({ code }) => code))
      const gone = codes.find((code) => !active.has(code))
      if (gone !== undefined) throw new FangshiError("COUPON_EXPIRED", { code: gone })
      try {
        await original.call(this, actions, ...rest)
      } catch (error) {
        if (/exceeds the (?:budget )?limit/.test((error as Error).message)) throw new FangshiError("COUPON_USED_UP", { code: codes.join(", ") }, { cause: error })
        throw error
      }
    })
  },
  verify: async (host) => {
    const before = use.calls
    const computed = await runInTenant("wrap-one", () => service(host).computeActions([], { items: [] }))
    expectSeam(Array.isArray(computed) && use.calls > before, "discounts are computed without the wrapped method")
  },
}
