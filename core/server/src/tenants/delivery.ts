import type { TenantManifest } from "@fangshi/contracts"
import type { MedusaContainer } from "@medusajs/framework/types"
import { deliveryOf } from "../delivery/delivery"
import type { Seeded } from "../modules/delivery/service"
import { digest } from "./digest"

/** Brings the current tenant's pick-up points and delivery slots to what tenant.yaml says. Idempotent. */
export async function applyDelivery(container: MedusaContainer, { pick_up_points = [], delivery_slots = [] }: TenantManifest): Promise<void> {
  await deliveryOf(container).seed(pick_up_points.map(seeded), delivery_slots.map(seeded))
}

const seeded = <F extends { code: string }>({ code, ...fields }: F): Seeded<Omit<F, "code">> => ({ code, seed_digest: digest(fields), fields })
