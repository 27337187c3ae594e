import { activatePlugin } from "../../../../../../plugin-host/activation"
import { getPlugin, pluginHostOf } from "../../../../../../plugin-host/plugin-view"
import { tenantOf } from "../../../../../../themes/page-key"
import { forShopOwner } from "../../../../../../workbench/for-staff"

/** Switches it on, from the next request on, in every process. */
export const POST = forShopOwner(async (req, res) => {
  const [host, tenant, id] = [pluginHostOf(req.scope), tenantOf(res).id, req.params.id ?? ""]
  await activatePlugin(host, tenant, id)
  res.json({ plugin: await getPlugin(host, tenant, id) })
})
