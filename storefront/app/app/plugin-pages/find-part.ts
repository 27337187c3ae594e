import { matchRoutes } from "react-router"
import { pluginsNamed } from "../plugins"

type Parts = { pages: true; workbench: true; relays: true }
type PartOf<K extends keyof Parts> = NonNullable<ReturnType<typeof pluginsNamed>[number][1][K]>[number]
export type FoundPart<K extends keyof Parts> = { plugin: string; at: number; part: PartOf<K>; params: Record<string, string> }

/** What one of these plugins has at this address, which begins with `below`, of what is `wanted`; null where none has anything. A plugin's id may hold a slash. */
export function findPart<K extends keyof Parts>(plugins: readonly string[], kind: K, below: string, url: string, wanted: (part: PartOf<K>) => boolean = () => true): FoundPart<K> | null {
  const path = new URL(url).pathname.replace(/\.data$/, "")
  if (!path.startsWith(below)) return null
  const rest = path.slice(below.length)
  for (const [plugin, parts] of pluginsNamed(plugins)) {
    if (rest !== plugin && !rest.startsWith(`${plugin}/`)) continue
    const list = (parts[kind] ?? []) as readonly PartOf<K>[]
    const match = matchRoutes(list.flatMap((part, at) => (wanted(part) ? [{ id: String(at), path: part.path }] : [])), rest.slice(plugin.length) || "/")?.at(-1)
    const part = match && list[Number(match.route.id)]
    if (part) return { plugin, at: Number(match.route.id), part, params: Object.fromEntries(Object.entries(match.params).map(([name, value = ""]) => [name, value])) }
  }
  return null
}
