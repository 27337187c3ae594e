import type { ShopContext } from "@fangshi/contracts"
import { withBody } from "@fangshi/kernel"
import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { z } from "zod"
import { applyCoupon, cartCoupon, removeCoupon, triesOf } from "../../../../../coupons/coupons"

const zoneOf = (res: MedusaResponse) => (res.locals.shop as ShopContext).time_zone

/** The coupon a cart carries, or waits with. */
export const GET = async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  res.set("cache-control", "no-store").json({ coupon: await cartCoupon(req.scope, req.params.id ?? "", zoneOf(res)) })
}

const body = z.strictObject({ code: z.string().trim().min(1).max(200) })

/** Puts a coupon on the cart, in the place of the one before. */
export const POST = withBody(body, async (req, res, { code }) => {
  res.json({ coupon: await applyCoupon(req.scope, req.params.id ?? "", code, triesOf(req, res), zoneOf(res)) })
})

/** Takes the coupon off again. */
export const DELETE = async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
  await removeCoupon(req.scope, req.params.id ?? "")
  res.json({ coupon: null })
}
