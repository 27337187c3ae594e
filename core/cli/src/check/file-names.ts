import path from "node:path"

const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/
const COMPONENT = /^[A-Z][A-Za-z0-9]*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/
// Named by the router: the name is the address ($handle.tsx) or the place in the frame (root.tsx).
const ROUTE = /^storefront\/app\/app\/routes\//
const ENTRY = /^(?:root|main|index|entry(?:\.\w+)?)$/
// Medusa orders migrations by this name.
const MIGRATION = /\/migrations\/Migration\w+\.ts$/
// Names that say nothing; they grow into a room for everything.
const NOTHING = /(?:^|\/)(?:utils?|helpers?|common|misc)(?:\/|\.[cm]?[jt]sx?$)/

/** What is wrong with a file's name: modules are kebab-case, React components PascalCase, and none is called utils. Null where all is well. */
export function fileNameProblem(file: string): string | null {
  if (!/\.[cm]?[jt]sx?$/.test(file) || MIGRATION.test(file)) return null
  if (NOTHING.test(file)) return `${file}: name it after what it does, not utils, helpers, common or misc`
  const name = path.posix.basename(file).replace(/^\./, "").replace(/(?:\.d)?\.[cm]?[jt]sx?$/, "")
  if (!/\.[jt]sx$/.test(file)) return KEBAB.test(name) || ROUTE.test(file) ? null : `${file}: modules are named in kebab-case`
  if (ROUTE.test(file) || ENTRY.test(name) || COMPONENT.test(name)) return null
  return /\.spec$/.test(name) && KEBAB.test(name) ? null : `${file}: React components are named in PascalCase`
}
