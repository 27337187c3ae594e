import { portsOf } from "@fangshi/kernel"
import type { MedusaContainer } from "@medusajs/framework/types"
import type { Ctx } from "./modules/group-buy/ctx"
import type { GroupBuyService } from "./modules/group-buy/service"
import { plugin } from "./plugin"

/** What the verbs need, for the shop of a request or a task. */
export const ctxOf = (scope: Pick<MedusaContainer, "resolve">): Ctx => ({ db: scope.resolve<GroupBuyService>("group_buy"), ports: portsOf(plugin, scope) })
