import { createHash } from "node:crypto"
import { FangshiError, checkValue } from "@fangshi/contracts"
import { currentTenant, inUnitOfWork } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "zod"
import type { Clock } from "../clock"

/** Whose calls these are, and what they are answered with. */
export type Caller = { plugin: string; scope: MedusaContainer; clock: Clock }

/** What a plugin calls a thing of its own by. */
export const portKey = z.string().min(1).max(200)

export const knexOf = ({ scope }: Pick<Caller, "scope">): Knex => scope.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)

/** Rows of one statement, in the unit of work of the caller if there is one. */
export async function rowsOf<R extends object>(caller: Pick<Caller, "scope">, sql: string, values: unknown[] | Record<string, unknown> = []): Promise<R[]> {
  return (await knexOf(caller).raw<{ rows: R[] }>(sql, values as never)).rows
}

/** All of `work` or nothing of it; joins the plugin's own unit of work if it is in one. */
export const whole = <T>(caller: Caller, work: () => Promise<T>): Promise<T> => inUnitOfWork(knexOf(caller), async () => {}, work)

/** Checks what a plugin handed over. Throws PLUGIN_CALL_INVALID with the first wrong field. */
export function checked<S extends z.ZodType>({ plugin }: Caller, call: string, schema: S, value: unknown): z.output<S> {
  const result = checkValue(schema, value)
  if (result.ok) return result.value
  const [fault] = result.faults
  throw invalid(plugin, call, fault?.path ?? "", fault?.problem)
}

/** A call that cannot be done because of one of its fields. */
export const invalid = (plugin: string, call: string, path: string, problem = { "zh-CN": "不存在", en: "is not there" }): FangshiError =>
  new FangshiError("PLUGIN_CALL_INVALID", { plugin, call, field: { "zh-CN": `${path}：${problem["zh-CN"]}`, en: `${path}: ${problem.en}` } })

/** What a provider is told a call by, the same each time it is tried. */
export const providerKey = (plugin: string, what: string, key: string): string => createHash("sha256").update(JSON.stringify([currentTenant(), plugin, what, key])).digest("hex")
