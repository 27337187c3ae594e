import type { PluginPorts } from "@fangshi/contracts"
import type { GroupBuySettings } from "../../contract"
import type { GroupBuyService } from "./service"

/** What every verb is given first: the way to Postgres, and what the kernel does for the trade. Both are of the shop the code runs for. */
export type Ctx = { db: Pick<GroupBuyService, "rows" | "preparedRows" | "inUnit">; ports: PluginPorts<GroupBuySettings> }
