import { FangshiError, type PluginPorts } from "@fangshi/contracts"
import { currentTenant } from "@fangshi/kernel"
import { type Caller, rowsOf } from "./caller"

/** What time it is, and where the shop's own clocks stand. `timeZone` throws TENANT_UNKNOWN outside of a shop. */
export const clockPort = (caller: Caller): PluginPorts["clock"] => ({
  now: () => new Date(caller.clock()),
  timeZone: async () => {
    const [shop] = await rowsOf<{ time_zone: string }>(caller, "select manifest ->> 'time_zone' as time_zone from tenancy.tenant where id = ?", [currentTenant()])
    if (!shop) throw new FangshiError("TENANT_UNKNOWN", { tenant: currentTenant() })
    return shop.time_zone
  },
})
