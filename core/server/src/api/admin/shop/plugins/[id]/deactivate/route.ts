import { deactivatePlugin } from "../../../../../../plugin-host/activation"
import { getPlugin, pluginHostOf } from "../../../../../../plugin-host/plugin-view"
import { tenantOf } from "../../../../../../themes/page-key"
import { forShopOwner } from "../../../../../../workbench/for-staff"

/** Switches it off and keeps its data. */
export const POST = forShopOwner(async (req, res) => {
  const [host, tenant, id] = [pluginHostOf(req.scope), tenantOf(res).id, req.params.id ?? ""]
  await deactivatePlugin(host, tenant, id)
  res.json({ plugin: await getPlugin(host, tenant, id) })
})
