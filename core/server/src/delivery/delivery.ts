import { FangshiError } from "@fangshi/contracts"
import { currentTenant } from "@fangshi/kernel"
import type { MedusaContainer } from "@medusajs/framework/types"
import { clockOf } from "../clock"
import type { DeliveryService, Now } from "../modules/delivery/service"
import type { TenantDirectory } from "../tenants/directory"
import { DIRECTORY } from "../tenants/tenant-theme"

type Scope = Pick<MedusaContainer, "resolve">

export const deliveryOf = (scope: Scope): DeliveryService => scope.resolve<DeliveryService>("delivery")

/** What the shop's own clock shows. */
export async function nowInShop(scope: Scope): Promise<Now> {
  const tenant = await scope.resolve<TenantDirectory>(DIRECTORY).findById(currentTenant())
  if (!tenant) throw new FangshiError("NOT_FOUND")
  return { now: clockOf(scope)(), time_zone: tenant.manifest.time_zone }
}
