import { parseQuery } from "@fangshi/kernel"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { z } from "zod"
import { deliveryOf } from "../../../delivery/delivery"
import { sortPoints } from "../../../delivery/point-order"

const place = z.string().max(40).default("")
const query = z.object({
  latitude: z.coerce.number().min(-90).max(90).optional(),
  longitude: z.coerce.number().min(-180).max(180).optional(),
  province: place,
  city: place,
  district: place,
})

/** Where goods can be collected: the nearest first with a position, else those of the address first. The position is not kept. */
export const GET = async (req: MedusaRequest, res: MedusaResponse) => {
  const { latitude, longitude, ...where } = parseQuery(query, req)
  const position = latitude === undefined || longitude === undefined ? null : { latitude, longitude }
  const points = sortPoints(await deliveryOf(req.scope).listOpenPoints(), { ...where, position })
  res.set("cache-control", "no-store").json({ pick_up_points: points.map(({ open: _always, ...point }) => point) })
}
