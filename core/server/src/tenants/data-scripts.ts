import { readdirSync } from "node:fs"
import path from "node:path"
import { runAsPlatform, runInTenant } from "@fangshi/kernel"
import { getResolvedPlugins } from "@medusajs/framework/utils"
import type { Host } from "../host"
import { MEDUSA_ROOT } from "../medusa/load"
import { PLUGINS } from "../plugins"

type Script = { name: string; file: string }
type Run = (args: { container: unknown }) => Promise<void>

const FILE = /^(?!index\.)(?!.*\.d\.ts$).+\.[jt]s$/

function scriptsIn(owner: string, folder: string): Script[] {
  try {
    return readdirSync(folder).filter((file) => FILE.test(file)).sort().map((file) => ({ name: `${owner}/${path.parse(file).name}`, file: path.join(folder, file) }))
  } catch {
    return []
  }
}

/** Data scripts of Medusa and of the plugins, in the order they run. */
export async function dataScripts(plugins: string[]): Promise<Script[]> {
  const medusa = path.join(path.dirname(require.resolve("@medusajs/medusa/package.json")), "dist/migration-scripts")
  const resolved = await getResolvedPlugins(MEDUSA_ROOT, { plugins: [...PLUGINS, ...plugins].map((resolve) => ({ resolve, options: {} })) } as never, false)
  return [...scriptsIn("medusa", medusa), ...resolved.flatMap((plugin) => scriptsIn(plugin.name, path.join(plugin.resolve, "migration-scripts")))]
}

/** A shop made today needs none of the corrections that exist today: they count as done for it. */
export const knownScriptNames = async (plugins: string[]): Promise<string[]> => (await dataScripts(plugins)).map((script) => script.name)

/**
 * Runs every data script once for every tenant that has not had it. Medusa runs them once for the whole database, as its
 * owner, which would see all shops at a time. A failure stops that tenant's scripts and is thrown at the end; the others go on.
 */
export async function runPendingScripts(host: Host): Promise<number> {
  const scripts = (await dataScripts(host.settings.plugins)).filter((script) => !script.name.startsWith("medusa/create-super-admin-role"))
  const { rows } = await runAsPlatform(() => host.knex.raw<{ rows: { id: string; done: string[] }[] }>(
    "select t.id, coalesce(array_agg(s.script) filter (where s.script is not null), '{}') as done from tenancy.tenant t left join tenancy.tenant_script s on s.tenant_id = t.id where t.status in ('active', 'suspended') and t.id <> '__platform__' group by t.id order by t.id",
  ))
  const failures: unknown[] = []
  let ran = 0
  for (const tenant of rows) {
    try {
      for (const script of scripts.filter(({ name }) => !tenant.done.includes(name))) {
        const module = (await import(script.file)) as { default?: Run | { default?: Run } }
        // A CommonJS file arrives with its exports one level deeper.
        const run = typeof module.default === "function" ? module.default : module.default?.default
        if (run) await runInTenant(tenant.id, () => run({ container: host.container }))
        await runAsPlatform(() => host.knex.raw("insert into tenancy.tenant_script (tenant_id, script) values (?, ?) on conflict do nothing", [tenant.id, script.name]))
        ran++
      }
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length) throw new AggregateError(failures, `${failures.length} tenants failed`)
  return ran
}
