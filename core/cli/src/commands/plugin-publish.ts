import path from "node:path"
import { assertSigned } from "@fangshi/server/src/plugin-host/signing/seal"
import { assertSealed } from "@fangshi/server/src/plugin-host/signing/seal-file"
import { publishToFolder } from "../signing/folder-registry"
import { publishToNpm } from "../signing/npm"
import { getSeal, packageJsonOf } from "../signing/plugin-package"
import { readTarball } from "../signing/tarball"

/** Is it a registry's address, or a folder? */
export const isAddress = (place: string): boolean => /^https?:\/\//.test(place)

/** Publishes what its publisher signed, to a folder or to an npm registry. Throws PLUGIN_UNSEALED, PLUGIN_SEAL_BROKEN, PLUGIN_FILE_CHANGED, PLUGIN_VERSION_TAKEN, PLUGIN_REGISTRY_FAILED. */
export async function publish(file: string, options: { to: string }): Promise<void> {
  const content = readTarball(file)
  const seal = getSeal(content)
  assertSealed(seal)
  assertSigned(seal, { publishers: [seal.publisher.key], operator: null, revoked: [] })
  const { name, version } = packageJsonOf(content)
  if (isAddress(options.to)) await publishToNpm(options.to, path.resolve(file), { name, version })
  else await publishToFolder(options.to, file, { name, version, plugin: seal.plugin.id })
  console.log(`✓ ${name}@${version} → ${options.to}`)
}
