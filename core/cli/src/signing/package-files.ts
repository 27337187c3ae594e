import { lstatSync, readFileSync, readdirSync } from "node:fs"
import path from "node:path"
import { FangshiError } from "@fangshi/contracts"
import { SEAL_FILE, sha256 } from "./seal"

/** What npm puts beside a package's own files. */
const NOT_OWN = new Set(["node_modules", SEAL_FILE])

/** SHA-256 of every file of a package, by its path with slashes. Throws PLUGIN_FILE_CHANGED for what is neither file nor folder: a link may lead anywhere. */
export function packageFiles(folder: string, within = ""): Record<string, string> {
  const files: Record<string, string> = {}
  for (const name of readdirSync(path.join(folder, within)).sort()) {
    const file = within ? `${within}/${name}` : name
    if (!within && NOT_OWN.has(name)) continue
    const stat = lstatSync(path.join(folder, file))
    if (stat.isDirectory()) Object.assign(files, packageFiles(folder, file))
    else if (stat.isFile()) files[file] = sha256(readFileSync(path.join(folder, file)))
    else throw new FangshiError("PLUGIN_FILE_CHANGED", { plugin: path.basename(folder), file })
  }
  return files
}
