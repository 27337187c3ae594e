import type { MedusaRequest } from "@medusajs/framework/http"
import type { ShopRevisions } from "../tenants/shop-revisions"

export const REVISIONS = "fangshi_revisions"

/** What shoppers see of the current shop is another from here on: nothing made before may be shown any more. */
export const shopChanged = (req: Pick<MedusaRequest, "scope">): Promise<void> => req.scope.resolve<ShopRevisions>(REVISIONS).bump()
