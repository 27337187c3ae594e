import { z } from "zod"
import { previewPluginPurge, purgePlugin } from "../../../../../../plugin-host/activation"
import { getPlugin, pluginHostOf } from "../../../../../../plugin-host/plugin-view"
import { tenantOf } from "../../../../../../themes/page-key"
import { forShopOwner, forShopOwnerWithBody } from "../../../../../../workbench/for-staff"

/** How many rows of which tables would go, and the word that confirms it. */
export const GET = forShopOwner(async (req, res) => {
  res.json({ purge: await previewPluginPurge(pluginHostOf(req.scope), tenantOf(res).id, req.params.id ?? "") })
})

/** Switches it off and removes what the preview showed; /restore brings it back for 30 days. */
export const POST = forShopOwnerWithBody(z.strictObject({ confirm: z.string().max(64) }), async (req, res, _staff, { confirm }) => {
  const [host, tenant, id] = [pluginHostOf(req.scope), tenantOf(res).id, req.params.id ?? ""]
  const removed = await purgePlugin(host, tenant, id, confirm)
  res.json({ plugin: await getPlugin(host, tenant, id), removed })
})
