import { FangshiError } from "@fangshi/contracts"
import { parseJson } from "@fangshi/server/src/plugin-host/signing/read-json"
import { SEAL_FILE, type Seal, type Trust, assertFiles, assertSigned, sha256 } from "@fangshi/server/src/plugin-host/signing/seal"
import { type PackedSeal, assertSealed, parseSeal } from "@fangshi/server/src/plugin-host/signing/seal-file"
import { z } from "zod"
import type { PackageContent } from "./tarball"

/** As npm allows them. */
export const packageName = z.string().max(214).regex(/^(?!node_modules$)(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/)

export const packageJson = z.looseObject({
  name: packageName,
  version: z.string().regex(/^\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?$/).max(60),
  dependencies: z.record(z.string(), z.string()).default({}),
  /** The manifest's id, by which the host knows the plugin before any of it runs. */
  fangshi: z.looseObject({ plugin: z.string() }).optional(),
})
export type PackageJson = z.output<typeof packageJson>

/** What npm would bundle is not sealed file by file and may not be there. */
const BUNDLED = "node_modules/"

/** package.json of a package. Throws PLUGIN_FILE_UNREADABLE. */
export const packageJsonOf = (content: PackageContent, where = ""): PackageJson => parseJson(content.get("package.json")?.toString("utf8") ?? "", packageJson, `${where}package.json`)

/** Its seal, signed or not; null for a package that has none. */
export function findSeal(content: PackageContent): PackedSeal | null {
  const file = content.get(SEAL_FILE)
  return file ? parseSeal(file.toString("utf8")) : null
}

/** SHA-256 of all files but the seal. */
export const hashesOf = (content: PackageContent): Record<string, string> => Object.fromEntries([...content].filter(([file]) => file !== SEAL_FILE).map(([file, bytes]) => [file, sha256(bytes)]))

/** The seal of a package, whose files are those it names. Throws PLUGIN_UNSEALED, PLUGIN_FILE_CHANGED, and PLUGIN_SEAL_BROKEN where package.json is of another plugin or version. */
export function getSeal(content: PackageContent): PackedSeal {
  const { name, version, fangshi } = packageJsonOf(content)
  const seal = findSeal(content)
  if (!seal) throw new FangshiError("PLUGIN_UNSEALED", { plugin: name })
  assertFiles(seal as Seal, hashesOf(content))
  const bundled = [...content.keys()].find((file) => file.startsWith(BUNDLED))
  if (bundled) throw new FangshiError("PLUGIN_FILE_CHANGED", { plugin: seal.plugin.id, file: bundled })
  if (version !== seal.plugin.version || fangshi?.plugin !== seal.plugin.id) throw new FangshiError("PLUGIN_SEAL_BROKEN", { plugin: seal.plugin.id })
  return seal
}

/** Verifies a package against a deployment's trust, without a network and before anything of it is written. Throws what assertSigned and getSeal throw. */
export function verifyPackage(content: PackageContent, trust: Trust): Seal {
  const found = findSeal(content)
  if (!found) throw new FangshiError("PLUGIN_UNSEALED", { plugin: packageJsonOf(content).name })
  assertSealed(found)
  assertSigned(found, trust)
  const seal = getSeal(content)
  assertSealed(seal)
  return seal
}

/** The same package with another seal. */
export const withSeal = (content: PackageContent, seal: PackedSeal): PackageContent => new Map([...content, [SEAL_FILE, Buffer.from(`${JSON.stringify(seal, null, 2)}\n`)]])
