import { execFileSync } from "node:child_process"
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs"
import path from "node:path"
import { REPOSITORY } from "@fangshi/server"
import type { Edit } from "./mutant"

/** Files of git, the new ones that are not ignored included: a proof of uncommitted work is worth as much. */
const sources = () =>
  execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: REPOSITORY, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 })
    .split("\0")
    .filter((file) => file && existsSync(path.join(REPOSITORY, file)))

const WORKSPACE = path.join(REPOSITORY, "node_modules", "@fangshi")

/** Node follows links to their end, so the workspace's own packages must be linked into the copy, and only the others back to here. */
function linkModules(root: string) {
  const modules = path.join(root, "node_modules")
  mkdirSync(path.join(modules, "@fangshi"), { recursive: true })
  for (const name of readdirSync(path.join(REPOSITORY, "node_modules"))) {
    if (name !== "@fangshi") symlinkSync(path.join(REPOSITORY, "node_modules", name), path.join(modules, name))
  }
  for (const { name, folder } of workspaceFolders()) symlinkSync(path.join(root, folder), path.join(modules, "@fangshi", name))
}

function workspaceFolders(): { name: string; folder: string }[] {
  return readdirSync(WORKSPACE)
    .filter((name) => existsSync(path.join(WORKSPACE, name, "package.json")))
    .map((name) => ({ name, folder: path.relative(REPOSITORY, realpathSync(path.join(WORKSPACE, name))) }))
}

/** A copy of the repository in `root` that runs on its own sources and on the installed packages of this one. */
export async function copyRepository(root: string): Promise<void> {
  for (const file of sources()) {
    const target = path.join(root, file)
    mkdirSync(path.dirname(target), { recursive: true })
    copyFileSync(path.join(REPOSITORY, file), target)
  }
  linkModules(root)
  // Ignored by git, therefore not copied.
  const { linkPlugins } = (await import(path.join(REPOSITORY, "core/cli/bootstrap/prepare.mjs"))) as { linkPlugins: (root: string) => boolean }
  linkPlugins(root)
}

/** Makes the edits in the copy and returns what takes them back. Throws when a text is not there exactly once. */
export function sabotage(root: string, edits: Edit[]): () => void {
  const originals = new Map<string, string>()
  for (const { file, find, replace } of edits) {
    const target = path.join(root, file)
    const text = readFileSync(target, "utf8")
    const times = text.split(find).length - 1
    if (times !== 1) {
      for (const [changed, original] of originals) writeFileSync(changed, original)
      throw new Error(`${file} holds this text ${times} times instead of once: ${find}`)
    }
    if (!originals.has(target)) originals.set(target, text)
    writeFileSync(target, text.replace(find, () => replace))
  }
  return () => {
    for (const [target, original] of originals) writeFileSync(target, original)
  }
}
