import { ERRORS, type ErrorCode, type ErrorParams, FangshiError } from "@fangshi/contracts"
import { UnitOfWorkTooLong } from "@fangshi/kernel"
import { MedusaError } from "@medusajs/framework/utils"
import { errorHandler, type MedusaNextFunction, type MedusaRequest, type MedusaResponse } from "@medusajs/framework/http"
import { log } from "../log"
import { lastErrorHandler } from "./answer-error"

const medusas = errorHandler()

/** Postgres refuses the value, not the query: class 22 (data), 23 (constraints), 54000 (larger than an index takes). */
const BAD_DATA = /^(?:2[23][0-9A-Z]{3}|54000)$/

/** What Medusa and MikroORM say when a name in the request means nothing: a provider, a workflow, a field. */
const UNKNOWN_NAME = /^\s*(?:Unable to retrieve the .{1,60} with id|Could not resolve '|Workflow with id .{1,120} not found|Service with alias|Trying to query by not existing property)/

/** A sort order or an upload that cannot be understood. */
const UNREADABLE = /^(?:Trying to order by not existing property|Unexpected end of form|Multipart: Boundary not found|Malformed part header)/

/** Somebody else works on the same cart or order; the client may simply ask again. */
const LOCKED = /^(?:Failed to acquire lock|Timed-out acquiring lock|.*canceling statement due to lock timeout|Cart \S+ already has a payment collection)/

/** MikroORM, before it writes a row without a value that it needs. */
const MISSING_VALUE = /^Value for \w+\.(\w+) is required/

/** Medusa's code reads a field of a row that it looked up by the client's id, without asking whether there is one. */
const READ_OF_NOTHING = /^Cannot (?:read|set) properties of (?:undefined|null)/
const IN_MEDUSA = /node_modules[\\/]@medusajs[\\/]/

type Failure = { name?: string; type?: string; code?: string; message?: string; stack?: string; params?: ErrorParams }

/** What a client sent wrong although Medusa would call it an error of its own; null where the fault is ours. */
function clientsFault(error: Failure): FangshiError | null {
  const message = error.message ?? ""
  if (error.code && BAD_DATA.test(error.code)) return new FangshiError("REQUEST_INVALID", { field: "body" }, { cause: error })
  if (error.type === MedusaError.Types.INVALID_ARGUMENT) return new FangshiError("REQUEST_INVALID", { field: message }, { cause: error })
  if (UNREADABLE.test(message)) return new FangshiError("REQUEST_INVALID", { field: message }, { cause: error })
  if (LOCKED.test(message)) return new FangshiError("CONFLICT", {}, { cause: error })
  const missing = MISSING_VALUE.exec(message)?.[1]
  if (missing) return new FangshiError("REQUEST_INVALID", { field: missing }, { cause: error })
  if (UNKNOWN_NAME.test(message)) return new FangshiError("NOT_FOUND", {}, { cause: error })
  const thrower = error.stack?.split("\n").find((line) => /^\s+at /.test(line)) ?? ""
  if (READ_OF_NOTHING.test(message) && IN_MEDUSA.test(thrower)) {
    log.warn({ err: error }, "Medusa answered an unknown id with an exception")
    return new FangshiError("NOT_FOUND", {}, { cause: error })
  }
  return null
}

/** An error of ours that came through a workflow: what was thrown in a step arrives as a plain object. */
function fromWorkflow({ name, code, params }: Failure & { name?: string; params?: ErrorParams }): FangshiError | null {
  return name === "FangshiError" && code !== undefined && code in ERRORS ? new FangshiError(code as ErrorCode, params) : null
}

/** The error handler of all of Medusa's routes: its own answers where it knows the error, ours where it would say "unknown error". */
export function medusaErrors(error: unknown, req: MedusaRequest, res: MedusaResponse, next: MedusaNextFunction): void {
  if (error instanceof FangshiError) return lastErrorHandler(error, req, res, next)
  if (error instanceof UnitOfWorkTooLong) return lastErrorHandler(new FangshiError("UNAVAILABLE", {}, { cause: error }), req, res, next)
  const fault = fromWorkflow(error as Failure) ?? clientsFault(error as Failure)
  if (fault) return lastErrorHandler(fault, req, res, next)
  medusas(error as Failure, req, res, next)
}
