import { FangshiError, checkValue } from "@fangshi/contracts"
import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { z } from "zod"

type Handler<T> = (req: AuthenticatedMedusaRequest, res: MedusaResponse, body: T) => Promise<void>

/** A route's handler behind a check of its body. Throws REQUEST_INVALID with the first wrong field. The schema stays readable on the handler: tests make bodies from it. */
export function withBody<S extends z.ZodType>(schema: S, handle: Handler<z.output<S>>) {
  return Object.assign((req: AuthenticatedMedusaRequest, res: MedusaResponse) => handle(req, res, parse(schema, req.body ?? {})), { schema })
}

/** Checks what a query string says. Throws REQUEST_INVALID. */
export const parseQuery = <S extends z.ZodType>(schema: S, req: { query: unknown }): z.output<S> => parse(schema, req.query)

function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const checked = checkValue(schema, value)
  if (checked.ok) return checked.value
  const [fault] = checked.faults
  const at = fault?.path || "body"
  throw new FangshiError("REQUEST_INVALID", { field: { "zh-CN": `${at}：${fault?.problem["zh-CN"] ?? ""}`, en: `${at}: ${fault?.problem.en ?? ""}` } })
}
