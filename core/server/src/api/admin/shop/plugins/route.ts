import { listPlugins, pluginHostOf } from "../../../../plugin-host/plugin-view"
import { tenantOf } from "../../../../themes/page-key"
import { forShopOwner } from "../../../../workbench/for-staff"

/** The plugins of the deployment, what each asks for, and whether this shop has it. */
export const GET = forShopOwner(async (req, res) => {
  res.json({ plugins: await listPlugins(pluginHostOf(req.scope), tenantOf(res).id) })
})
