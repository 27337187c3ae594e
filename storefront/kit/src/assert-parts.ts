import { LOCALES } from "@fangshi/contracts"
import type { PluginStorefront } from "./slots"

const PATH = /^(?:(?::?[a-z][\w.-]*)(?:\/:?[a-z][\w.-]*)*)?$/

function hasText(texts: unknown, key: string): boolean {
  const found = key.split(".").reduce<unknown>((at, name) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[name] : undefined), texts)
  return typeof found === "string"
}

/** Checks what no type can say of a plugin's parts. Throws an Error that names the plugin and the place. */
export function assertParts(plugin: string, { pages = [], workbench = [], relays = [], locales }: PluginStorefront): void {
  const fail = (place: string, problem: string): never => {
    throw new Error(`${plugin}: ${place}: ${problem}`)
  }
  for (const [kind, list] of Object.entries({ pages, workbench, relays: relays.filter(({ desk }) => !desk), "relays of the workbench": relays.filter(({ desk }) => desk) })) {
    const seen = new Set<string>()
    for (const { path } of list) {
      if (!PATH.test(path)) fail(`${kind} ${path}`, "a path is words and :names between slashes, without one at either end")
      if (seen.has(path)) fail(`${kind} ${path}`, "is there twice")
      seen.add(path)
    }
  }
  for (const { path, title } of [...pages, ...workbench]) {
    for (const locale of LOCALES) if (!hasText(locales?.[locale], title)) fail(path, `its title ${title} has no text in ${locale}`)
  }
  for (const { path, to, desk = false } of relays) {
    const side = desk ? "/admin/" : "/store/"
    if (!to.startsWith(side)) fail(`relays ${path}`, `leads to ${to}, which does not begin with ${side}`)
    for (const [, name = ""] of to.matchAll(/:(\w+)/g)) if (!path.split("/").includes(`:${name}`)) fail(`relays ${path}`, `does not say what :${name} is`)
  }
}
