import { createHash } from "node:crypto"
import { copyFileSync, existsSync, readFileSync, renameSync } from "node:fs"
import path from "node:path"
import { FangshiError } from "@fangshi/contracts"
import { readJson } from "@fangshi/server/src/plugin-host/signing/read-json"
import { maxSatisfying, rcompare } from "semver"
import { z } from "zod"
import { packageName } from "./plugin-package"
import { alone, writeJson } from "./write-json"

const INDEX = "index.json"

/** index.json of a package in a folder registry: <registry>/<package>/. */
const index = z.strictObject({
  name: packageName,
  versions: z.record(z.string(), z.strictObject({ file: z.string().regex(/^[a-z0-9][\w.+-]*\.tgz$/), integrity: z.string().regex(/^sha512-[A-Za-z0-9+/]{86}==$/), plugin: z.string() })),
})
export type PackageIndex = z.output<typeof index>

/** As npm writes it: sha512-<base64>. */
export const integrityOf = (bytes: Buffer): string => `sha512-${createHash("sha512").update(bytes).digest("base64")}`

const folderOf = (registry: string, name: string) => path.join(path.resolve(registry), packageName.parse(name))

function findIndex(folder: string): PackageIndex | null {
  const file = path.join(folder, INDEX)
  return existsSync(file) ? readJson(file, index) : null
}

/** Puts a package into a folder that needs no server. Throws PLUGIN_VERSION_TAKEN: what is published never changes. */
export async function publishToFolder(registry: string, tarball: string, { name, version, plugin }: { name: string; version: string; plugin: string }): Promise<string> {
  const folder = folderOf(registry, name)
  return await alone(folder, () => {
    const known = findIndex(folder) ?? { name, versions: {} }
    if (Object.hasOwn(known.versions, version)) throw new FangshiError("PLUGIN_VERSION_TAKEN", { plugin: name, version })
    const file = `${path.basename(name)}-${version}.tgz`
    const target = path.join(folder, file)
    copyFileSync(tarball, `${target}.part`)
    renameSync(`${target}.part`, target)
    // Last: what the index does not name is not published.
    writeJson(path.join(folder, INDEX), { name, versions: { ...known.versions, [version]: { file, integrity: integrityOf(readFileSync(target)), plugin } } })
    return target
  })
}

/** A tarball of a folder registry, compared with its index; without a version the newest that is no trial. Throws PLUGIN_UNKNOWN and, for other bytes than were published, PLUGIN_FILE_CHANGED. */
export function fetchFromFolder(registry: string, name: string, wanted?: string): Buffer {
  const folder = folderOf(registry, name)
  const versions = findIndex(folder)?.versions ?? {}
  const known = Object.keys(versions).sort(rcompare)
  const version = known.includes(wanted ?? "") ? wanted : maxSatisfying(known, wanted ?? "*") ?? (wanted ? undefined : known[0])
  const found = version === undefined ? undefined : versions[version]
  if (!found) throw new FangshiError("PLUGIN_UNKNOWN", { plugin: wanted ? `${name}@${wanted}` : name, known: known.map((each) => `${name}@${each}`).join(", ") || "–" })
  const bytes = readFileSync(path.join(folder, found.file))
  if (integrityOf(bytes) !== found.integrity) throw new FangshiError("PLUGIN_FILE_CHANGED", { plugin: name, file: found.file })
  return bytes
}
