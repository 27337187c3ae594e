import type { ShopContext, StaffNotice } from "@fangshi/contracts"
import { ask, readStaffToken } from "./desk.server"

const SHOWN = 5

/** The latest notices to the shop's owner and managers; none for those whom they are not for. */
export async function loadStaffNotices(request: Request, shop: ShopContext): Promise<StaffNotice[]> {
  const { value } = await ask<{ notices: StaffNotice[] }>(shop, { path: "/admin/workbench/notices", token: await readStaffToken(request) })
  return (value?.notices ?? []).slice(0, SHOWN)
}
