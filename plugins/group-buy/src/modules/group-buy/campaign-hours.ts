import type { CampaignHours } from "../../contract"
import type { Ctx } from "./ctx"

/** As the shop set them. */
export async function campaignHours({ ports }: Ctx): Promise<CampaignHours> {
  const { cut_off_hour, pick_up_hour } = await ports.settings.get()
  return { cut_off_hour, pick_up_hour }
}
