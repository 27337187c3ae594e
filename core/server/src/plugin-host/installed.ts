import { existsSync } from "node:fs"
import path from "node:path"
import { z } from "zod"
import { readJson } from "./signing/read-json"
import { readTrust, trustFileOf } from "./signing/trust"
import { verifyInstalled } from "./signing/verify-installed"

const installed = z.strictObject({
  /** The manifest's id; of a plain Medusa plugin the package's name. */
  id: z.string().min(1).max(214),
  package: z.string().min(1).max(214),
  version: z.string().min(1).max(60),
  sealed: z.boolean(),
  /** Below <data>/plugins. */
  folder: z.string().regex(/^(?!\/)(?!.*(?:^|\/)\.{1,2}(?:\/|$))[^\\]+$/).max(300),
})

const listFile = z.strictObject({
  plugins: z.array(installed).max(1_000).default([]),
  /** The highest version that was ever here, by id: also of what was removed since. */
  highest: z.record(z.string(), z.string()).default({}),
})

export type InstalledPlugin = z.output<typeof installed>
export type InstalledList = z.output<typeof listFile>

/** Where a deployment lists what `fangshi plugin add` brought. */
export const listFileOf = (dataDir: string): string => path.join(dataDir, "plugins.json")

/** Below it each plugin has a folder, and each version one below that. */
export const installedRoot = (dataDir: string): string => path.join(dataDir, "plugins")

/** What `fangshi plugin add` brought. Throws PLUGIN_FILE_UNREADABLE: a host that forgot its plugins would lose what they do. */
export const readInstalled = (dataDir: string): InstalledList => (existsSync(listFileOf(dataDir)) ? readJson(listFileOf(dataDir), listFile) : { plugins: [], highest: {} })

/**
 * Their folders, absolute, for whoever is about to load them: the sealed ones are verified here, so that neither a start nor a
 * migration runs what was changed or revoked. Throws what verifyInstalled throws.
 */
export function installedFolders(dataDir: string): string[] {
  const { plugins } = readInstalled(dataDir)
  const trust = readTrust(trustFileOf(dataDir))
  return plugins.map(({ sealed, folder }) => {
    const place = path.join(installedRoot(dataDir), folder)
    if (sealed) verifyInstalled(place, trust)
    return place
  })
}
