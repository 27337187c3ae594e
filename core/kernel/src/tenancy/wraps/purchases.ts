import { FangshiError } from "@fangshi/contracts"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { type UnitOfWork, inUnitOfWork } from "../../unit-of-work"
import { runInTenant } from "../context"
import { type SeamUse, type Wrap, type WrappedHost, expectSeam, wrapMethod } from "../seam"

type Run = { transaction: { getState: () => string }; thrownError?: Error; errors?: { error: Error }[] }
type Options = { input?: { id?: unknown }; throwOnError?: boolean }
type Engine = { run(workflow: string | { getName: () => string }, options?: Options, context?: unknown): Promise<Run> }

const PURCHASE = "complete-cart"
/** A compensation failed, too: Medusa leaves what it had done so far. */
const HALF_DONE = "failed"

const engine = (host: WrappedHost) => host.container.resolve(Modules.WORKFLOW_ENGINE) as unknown as Engine
const nameOf = (workflow: string | { getName: () => string }) => (typeof workflow === "string" ? workflow : workflow.getName())

let units = 0
let use: SeamUse = { calls: 0 }

/**
 * The cart first, then what it takes from the shelves and of the uses of its coupon, in one order for everybody: two
 * purchases of the last piece wait for each other here and not for a lock in the memory of one process.
 */
async function lockCart(unit: UnitOfWork, cartId: string): Promise<void> {
  units++
  const lock = `select pg_advisory_xact_lock(key) from (select distinct hashtextextended('purchase:' || current_setting('app.tenant_id') || ':' || id, 0) as key from unnest($1::text[]) as id order by 1) keys`
  await unit.query(lock, [[cartId]])
  const { rows } = await unit.query(
    `select distinct link.inventory_item_id as id from cart_line_item line join product_variant_inventory_item link on link.variant_id = line.variant_id
     where line.cart_id = $1 and line.deleted_at is null and link.deleted_at is null
     union select coalesce(promotion.campaign_id, promotion.id) from cart_promotion link join promotion on promotion.id = link.promotion_id where link.cart_id = $1 and link.deleted_at is null`,
    [cartId],
  )
  await unit.query(lock, [rows.map((row) => String(row.id))])
}

/** Steps run beside each other, and the engine lists its complaint about one that ended too late, too: what was refused comes first. */
const causeOf = ({ thrownError, errors }: Run) => errors?.find(({ error }) => error instanceof FangshiError)?.error ?? thrownError ?? errors?.[0]?.error

/** Completing a cart is one transaction, whoever asks for it: the shop's route or the news of a payment. */
export const purchases: Wrap = {
  name: "purchases",
  reason: "A cart was completed in some twenty transactions: a process killed in between left orders without payment, reservation or cart.",
  seam: "workflow engine run",
  afterLoad: (host) => {
    const knex = host.container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
    use = wrapMethod(purchases.seam, engine(host), "run", (original) => async function (this: Engine, workflow: Parameters<Engine["run"]>[0], options: Options = {}, ...rest: unknown[]) {
      if (nameOf(workflow) !== PURCHASE) return original.call(this, workflow, options, ...rest) as Promise<Run>
      const cartId = String(options.input?.id ?? "")
      const result = await inUnitOfWork(
        knex,
        (unit) => lockCart(unit, cartId),
        () => original.call(this, workflow, { ...options, throwOnError: false }, ...rest) as Promise<Run>,
        ({ transaction }) => transaction.getState() !== HALF_DONE,
      )
      const error = causeOf(result)
      if (error && (options.throwOnError ?? true)) throw error
      return result
    })
  },
  verify: async (host) => {
    const [calls, before] = [use.calls, units]
    const { errors } = await runInTenant("wrap-one", () => engine(host).run(PURCHASE, { input: { id: "cart_fangshi_self_test" }, throwOnError: false }))
    // Medusa keeps what came of it, for a shop that nobody would ever clear.
    await runInTenant("wrap-one", () => host.container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)("workflow_execution").where({ tenant_id: "wrap-one" }).delete())
    expectSeam(Boolean(errors?.length), "a cart that does not exist was completed")
    expectSeam(use.calls > calls && units > before, "carts are completed without the wrapped method")
  },
}
