import { runAsPlatform } from "@fangshi/kernel"
import { type PluginHost, pluginStates, runLifecycle } from "./activation"

/** Has the plugins that are on in a demo shop bring something to look at, each once. One that cannot stops the others. */
export async function seedPlugins(host: PluginHost, tenant: string): Promise<void> {
  const states = await pluginStates(host, tenant)
  for (const plugin of host.registry.all) {
    const { id } = plugin
    if (!plugin.lifecycle.seed || states.get(id)?.state !== "on") continue
    const script = `seed/${id}`
    const { rows } = await runAsPlatform(() => host.knex.raw<{ rows: unknown[] }>("select from tenancy.tenant_script where tenant_id = ? and script = ?", [tenant, script]))
    if (rows.length) continue
    await runLifecycle(host, tenant, plugin, "seed")
    await runAsPlatform(() => host.knex.raw("insert into tenancy.tenant_script (tenant_id, script) values (?, ?) on conflict do nothing", [tenant, script]))
  }
}
