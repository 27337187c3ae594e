import { ERRORS, FangshiError, type PluginFacts } from "@fangshi/contracts"
import { satisfies } from "semver"

/** A plugin as it was found: its words on itself. That no two bring the same route is seen when Medusa registers it (kernel wraps/plugins.ts). */
export type FoundPlugin = { facts: PluginFacts }

/** A version before 1.0.0 or a trial version fits where its range names it; others fit as npm says. */
const fits = (version: string, range: string) => satisfies(version, range, { includePrerelease: true })

/**
 * Whether these plugins can run in one process, on this version of the platform. Throws PLUGIN_CORE_UNFIT, PLUGIN_NEED_UNMET
 * or PLUGIN_CONFLICT for the first that cannot, and names both sides.
 */
export function assertTogether(plugins: readonly FoundPlugin[], core: string): void {
  for (const { facts } of plugins) if (!fits(core, facts.core)) throw new FangshiError("PLUGIN_CORE_UNFIT", { plugin: facts.id, range: facts.core, core })
  const versions = new Map(plugins.map(({ facts }) => [facts.id, facts.version]))
  for (const { facts } of plugins) {
    for (const [needed, range] of Object.entries(facts.needs)) {
      const found = versions.get(needed)
      if (!found || !fits(found, range)) throw new FangshiError("PLUGIN_NEED_UNMET", { plugin: facts.id, needed: `${needed} ${range}`, found: found ?? "–" })
    }
  }
  assertSingle(plugins)
}

const CLAIMS: Record<"id" | "table" | "event" | "slot" | "error", (plugin: FoundPlugin) => readonly string[]> = {
  id: ({ facts }) => [facts.id],
  table: ({ facts }) => facts.tables,
  event: ({ facts }) => facts.emits,
  slot: ({ facts }) => facts.slots,
  error: ({ facts }) => Object.keys(facts.errors),
}

/** What is already the platform's own. */
const TAKEN: Partial<Record<keyof typeof CLAIMS, ReadonlyMap<string, string>>> = { error: new Map(Object.keys(ERRORS).map((code) => [code, "Fangshi"])) }

function assertSingle(plugins: readonly FoundPlugin[]) {
  for (const [what, claimsOf] of Object.entries(CLAIMS) as [keyof typeof CLAIMS, (plugin: FoundPlugin) => readonly string[]][]) {
    const owners = new Map<string, string>(TAKEN[what])
    for (const plugin of plugins) {
      for (const name of claimsOf(plugin)) {
        const other = owners.get(name)
        if (other !== undefined) throw new FangshiError("PLUGIN_CONFLICT", { what, name, one: other, other: plugin.facts.id })
        owners.set(name, plugin.facts.id)
      }
    }
  }
}
