import { z } from "zod"
import { savePluginSettings } from "../../../../../../plugin-host/activation"
import { getPlugin, pluginHostOf } from "../../../../../../plugin-host/plugin-view"
import { tenantOf } from "../../../../../../themes/page-key"
import { forShopOwner, forShopOwnerWithBody } from "../../../../../../workbench/for-staff"

/** What is set, with the form to change it; of a secret only whether it is there. */
export const GET = forShopOwner(async (req, res) => {
  const { settings } = await getPlugin(pluginHostOf(req.scope), tenantOf(res).id, req.params.id ?? "")
  res.json({ settings })
})

/** Changes the settings that are named; an empty secret takes it away. */
export const POST = forShopOwnerWithBody(z.strictObject({ settings: z.record(z.string().max(60), z.unknown()) }), async (req, res, _staff, { settings }) => {
  const [host, tenant, id] = [pluginHostOf(req.scope), tenantOf(res).id, req.params.id ?? ""]
  await savePluginSettings(host, tenant, id, settings)
  res.json({ settings: (await getPlugin(host, tenant, id)).settings })
})
