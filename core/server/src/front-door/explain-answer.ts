import { type ErrorCode, FangshiError } from "@fangshi/contracts"
import type { Express, Request, Response } from "express"

/** Medusa's types of errors, in our codes. */
const BY_TYPE: Record<string, ErrorCode> = {
  conflict: "CONFLICT",
  duplicate_error: "DUPLICATE",
  forbidden: "FORBIDDEN",
  invalid_data: "REQUEST_INVALID",
  not_allowed: "NOT_ALLOWED",
  not_found: "NOT_FOUND",
  payment_authorization_error: "PAYMENT_NOT_AUTHORIZED",
  unauthorized: "UNAUTHORIZED",
}

const BY_STATUS: Record<number, ErrorCode> = { 401: "UNAUTHORIZED", 403: "FORBIDDEN", 404: "NOT_FOUND", 408: "REQUEST_TIMEOUT", 409: "CONFLICT", 413: "REQUEST_TOO_LARGE", 429: "RATE_LIMITED" }

/** What a message must not tell: our folders, our code, our tables. */
const INTERIOR = /\n\s+at |node_modules|(?:^|[\s("'])\/(?:[\w.-]+\/)+[\w.-]+\.[cm]?[jt]sx?\b|\b(?:column|relation|constraint|operator|function) \S+ (?:does not exist|already exists)|violates [\w-]+ constraint|syntax error at|\b(?:select|insert into|update|delete from) "/i

type MedusaError = { type?: string; code?: string; message?: string; text?: unknown }

/**
 * Every error that Medusa's routes answer with also has a stable code, a text in both languages and a hint.
 * Its `type` and `message` stay for its own clients; what would show our interior is replaced.
 */
export function explainErrors({ response }: Express): void {
  const json = response.json
  response.json = function (this: Response, body: unknown) {
    return json.call(this, this.statusCode < 400 ? body : explained(this.req, this, body))
  }
}

function explained(req: Request, res: Response, body: unknown): unknown {
  const medusas = (typeof body === "object" && body !== null ? body : {}) as MedusaError
  // Ours already: answerError speaks through the same res.json.
  if (medusas.text) return body
  if (res.statusCode >= 500) return new FangshiError("INTERNAL", { request_id: String(res.locals.request_id ?? "") }).toJSON()
  const message = medusas.message ?? ""
  const code = codeOf(res.statusCode, medusas)
  const ours = new FangshiError(code, code === "REQUEST_INVALID" ? { field: fieldIn(message) ?? (req.method === "GET" ? "query" : "body") } : {}).toJSON()
  return {
    ...medusas,
    ...ours,
    type: medusas.type && medusas.type !== "unknown_error" ? medusas.type : ours.type,
    message: message && !INTERIOR.test(message) ? message : ours.message,
  }
}

function codeOf(status: number, { type = "", code, message = "" }: MedusaError): ErrorCode {
  if (/\bpublishable (?:api )?key\b/i.test(message)) return "PUBLISHABLE_KEY_INVALID"
  if (code === "insufficient_inventory" || /^Not enough stock available\b/.test(message)) return "STOCK_INSUFFICIENT"
  return BY_STATUS[status] ?? BY_TYPE[type] ?? "REQUEST_INVALID"
}

/** The field Medusa's schemas complain of. */
const fieldIn = (message: string): string | undefined => /\bfields?:? '([\w.[\], -]{1,100})'/i.exec(message)?.[1]
