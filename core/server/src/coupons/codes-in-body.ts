import type { ShopContext } from "@fangshi/contracts"
import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { lookUp, triesOf } from "./coupons"

/** Medusa's own cart routes take codes, too, and would tell a guesser at any speed which exist. A request without codes passes untouched. */
export function codesInBody(req: MedusaRequest, res: MedusaResponse, next: MedusaNextFunction): void {
  const codes = (req.body as { promo_codes?: unknown } | undefined)?.promo_codes
  if (!Array.isArray(codes) || !codes.length) return next()
  check(req, res, codes.filter((code) => typeof code === "string")).then(() => next(), next)
}

/** One after another: the first that is refused ends it, so that one request is one guess. */
async function check(req: MedusaRequest, res: MedusaResponse, codes: string[]): Promise<void> {
  for (const code of codes) await lookUp(req.scope, code, triesOf(req, res), (res.locals.shop as ShopContext).time_zone)
}
