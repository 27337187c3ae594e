import { restorePlugin } from "../../../../../../plugin-host/activation"
import { getPlugin, pluginHostOf } from "../../../../../../plugin-host/plugin-view"
import { tenantOf } from "../../../../../../themes/page-key"
import { forShopOwner } from "../../../../../../workbench/for-staff"

/** Brings back what was last removed, and switches it on again. */
export const POST = forShopOwner(async (req, res) => {
  const [host, tenant, id] = [pluginHostOf(req.scope), tenantOf(res).id, req.params.id ?? ""]
  await restorePlugin(host, tenant, id)
  res.json({ plugin: await getPlugin(host, tenant, id) })
})
