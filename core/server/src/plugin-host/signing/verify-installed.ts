import { existsSync, readFileSync } from "node:fs"
import path from "node:path"
import { FangshiError, type PluginFacts, type PluginManifest } from "@fangshi/contracts"
import { canonicalJson } from "./canonical-json"
import { packageFiles } from "./package-files"
import { SEAL_FILE, type Seal, type Trust, assertFiles, assertSigned } from "./seal"
import { assertSealed, parseSeal } from "./seal-file"

/**
 * Verifies a sealed plugin as it lies on the disk, before any of its code runs; returns its seal. Throws what assertSigned and
 * assertFiles throw, PLUGIN_UNSEALED without a seal and PLUGIN_FILE_UNREADABLE for one that cannot be read.
 */
export function verifyInstalled(folder: string, trust: Trust): Seal {
  const file = path.join(folder, SEAL_FILE)
  if (!existsSync(file)) throw new FangshiError("PLUGIN_UNSEALED", { plugin: path.basename(folder) })
  const seal = parseSeal(readFileSync(file, "utf8"))
  assertSealed(seal)
  assertSigned(seal, trust)
  assertFiles(seal, packageFiles(folder))
  return seal
}

/** What of a manifest is data and can be signed. */
export function factsOf({ settings: _settings, secrets: _secrets, settings_version: _version, migrations: _migrations, ...facts }: PluginManifest): PluginFacts {
  return facts
}

/** Compares what a plugin says of itself, once it runs, with what was signed and shown; one without a seal may say what it likes. Throws PLUGIN_SEAL_BROKEN. */
export function assertAsSealed(folder: string, manifest: PluginManifest): void {
  const file = path.join(folder, SEAL_FILE)
  if (!existsSync(file)) return
  const { plugin } = parseSeal(readFileSync(file, "utf8"))
  if (canonicalJson(factsOf(manifest)) !== canonicalJson(plugin)) throw new FangshiError("PLUGIN_SEAL_BROKEN", { plugin: plugin.id })
}
