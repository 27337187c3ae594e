import { FangshiError, LOCALES, type Locale } from "@fangshi/contracts"
import type { ErrorRequestHandler, Request, Response } from "express"
import { log } from "../log"

const escape = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)

const localeOf = (req: Request): Locale => (req.acceptsLanguages([...LOCALES, "zh"]) === "en" ? "en" : "zh-CN")

const wantsPage = (req: Request) => req.method === "GET" && !isApi(req.path) && req.accepts(["json", "html"]) === "html"

/** Paths that Medusa answers; everything else is a page. */
export const isApi = (path: string): boolean => /^\/(?:store|admin|auth|hooks|cloud|static|health|metrics)(?:\/|$)/.test(path)

/** Answers with a code, a text in both languages and a hint: JSON for clients, a small page for people. Never a stack. */
export function answerError(req: Request, res: Response, error: FangshiError): void {
  if (res.headersSent) {
    res.destroy()
    return
  }
  res.status(error.status)
  res.set("cache-control", "no-store")
  if (error.status === 503) res.set("retry-after", "60")
  if (!wantsPage(req)) {
    res.json(error.toJSON())
    return
  }
  const locale = localeOf(req)
  const body = error.toJSON()
  res.type("html").send(`<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escape(body.text[locale])}</title></head><body style="margin:0;display:grid;place-items:center;min-height:100vh;background:#f7f5f2;color:#1f2328;font-family:system-ui,'PingFang SC','Noto Sans CJK SC','Microsoft YaHei',sans-serif">
<main style="max-width:28rem;padding:2rem;text-align:center"><p style="font-size:3rem;margin:0" aria-hidden="true">${error.status === 503 ? "🌙" : "🏮"}</p>
<h1 style="font-size:1.4rem;margin:1rem 0 .5rem">${escape(body.text[locale])}</h1><p style="color:#59636e;margin:0">${escape(body.hint[locale])}</p>
<p style="color:#7d8590;font-size:.8rem;margin-top:2rem">${body.code}</p></main></body></html>`)
}

type BodyError = { type?: string; status?: number; expose?: boolean }

/** The last handler of the application: whatever nobody answered becomes a stable code. */
export const lastErrorHandler: ErrorRequestHandler = (error: unknown, req, res, _next) => {
  const request_id = String(res.locals.request_id ?? "")
  if (error instanceof FangshiError) {
    // Only the operator can mend it, and reads no answers.
    if (error.status === 500) log.error({ err: error, request_id, path: req.path }, "request failed")
    return answerError(req, res, error)
  }
  const body = error as BodyError
  if (body.type === "entity.too.large") return answerError(req, res, new FangshiError("REQUEST_TOO_LARGE"))
  if (body.status && body.status >= 400 && body.status < 500) return answerError(req, res, new FangshiError("REQUEST_INVALID", { field: body.type ?? "body" }))
  // The client left before its request was read: nobody to answer, nothing to mend.
  if (req.destroyed || res.destroyed) return void res.destroy()
  log.error({ err: error, request_id, path: req.path }, "request failed")
  answerError(req, res, new FangshiError("INTERNAL", { request_id }, { cause: error }))
}
