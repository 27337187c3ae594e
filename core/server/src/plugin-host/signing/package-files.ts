import { lstatSync, readFileSync, readdirSync, readlinkSync } from "node:fs"
import path from "node:path"
import { FangshiError } from "@fangshi/contracts"
import { SEAL_FILE, sha256 } from "./seal"

/** The one link that an installed plugin may hold, made by the platform: Medusa loads from there what stands in src. */
export const SOURCE_LINK = { file: ".medusa/server/src", target: path.join("..", "..", "src") } as const

/**
 * SHA-256 of every file of a package, by its path with slashes; the seal itself is left out. Throws PLUGIN_FILE_CHANGED for
 * what is neither file nor folder: a link may lead anywhere.
 */
export function packageFiles(folder: string, within = ""): Record<string, string> {
  const files: Record<string, string> = {}
  for (const name of readdirSync(path.join(folder, within)).sort()) {
    const file = within ? `${within}/${name}` : name
    if (file === SEAL_FILE) continue
    const stat = lstatSync(path.join(folder, file))
    if (stat.isSymbolicLink() && file === SOURCE_LINK.file && readlinkSync(path.join(folder, file)) === SOURCE_LINK.target) continue
    if (stat.isDirectory()) Object.assign(files, packageFiles(folder, file))
    // A record cannot hold this name: such a file would be seen by nobody.
    else if (stat.isFile() && file !== "__proto__") files[file] = sha256(readFileSync(path.join(folder, file)))
    else throw new FangshiError("PLUGIN_FILE_CHANGED", { plugin: path.basename(folder), file })
  }
  return files
}
