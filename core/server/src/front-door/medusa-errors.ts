import { FangshiError } from "@fangshi/contracts"
import { errorHandler, type MedusaNextFunction, type MedusaRequest, type MedusaResponse } from "@medusajs/framework/http"
import { lastErrorHandler } from "./answer-error"

const medusas = errorHandler()

/** Postgres refuses the value, not the query: class 22 (data), 23 (constraints). */
const BAD_DATA = /^2[23][0-9A-Z]{3}$/

type Failure = { name?: string; type?: string; code?: string; message?: string; status?: number; statusCode?: number }

/** What a client sent wrong although Medusa would call it an error of its own; null where the fault is ours. */
function clientsFault(error: Failure): FangshiError | null {
  const message = error.message ?? ""
  if (error.code && BAD_DATA.test(error.code)) return new FangshiError("REQUEST_INVALID", { field: "body" }, { cause: error })
  if (error.name === "AwilixResolutionError" || /^\s*Unable to retrieve the (?:\w+ )?provider/i.test(message)) return new FangshiError("NOT_FOUND", {}, { cause: error })
  if (error.name === "CastError" || error.name === "ValidationError") return new FangshiError("REQUEST_INVALID", { field: "body" }, { cause: error })
  return null
}

/** The error handler of all of Medusa's routes: its own answers where it knows the error, ours where it would say "unknown error". */
export function medusaErrors(error: unknown, req: MedusaRequest, res: MedusaResponse, next: MedusaNextFunction): void {
  if (error instanceof FangshiError) return lastErrorHandler(error, req, res, next)
  const fault = clientsFault(error as Failure)
  if (fault) return lastErrorHandler(fault, req, res, next)
  medusas(error as Failure, req, res, next)
}
