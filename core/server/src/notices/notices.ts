import type { MedusaContainer } from "@medusajs/framework/types"
import type { NoticesService } from "../modules/notices/service"

export const noticesOf = (scope: Pick<MedusaContainer, "resolve">): NoticesService => scope.resolve<NoticesService>("notices")
