import { AFTER_SALE_DAYS, type AfterSaleDays, type TenantManifest } from "@fangshi/contracts"
import type { MedusaContainer } from "@medusajs/framework/types"
import type { AfterSalesService } from "../modules/after-sales/service"

export const afterSalesOf = (scope: Pick<MedusaContainer, "resolve">): AfterSalesService => scope.resolve<AfterSalesService>("after_sales")

/** How long after the goods were handed over the shop can be asked. */
export const daysOf = ({ after_sales }: Pick<TenantManifest, "after_sales">): AfterSaleDays => ({ ...AFTER_SALE_DAYS, ...after_sales })

/** Where goods are sent back to, unless the staff says otherwise. */
export const returnAddress = ({ warehouse: { name, province, city, district, address }, brand }: Pick<TenantManifest, "warehouse" | "brand">): string =>
  [name, brand.phone, [province, city, district, address].filter(Boolean).join("")].filter(Boolean).join(" ")
