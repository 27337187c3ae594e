import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs"
import path from "node:path"

const GENERATED = new Set(["node_modules", "build", "dist", ".react-router", ".data", ".medusa"])

/** Digest of files and folders, by path and content; generated folders are left out. */
export function digest(root, entries) {
  const hash = createHash("sha256")
  const visit = (file) => {
    if (!existsSync(file)) return
    if (statSync(file).isDirectory()) {
      for (const name of readdirSync(file).sort()) if (!GENERATED.has(name)) visit(path.join(file, name))
    } else hash.update(path.relative(root, file)).update("\0").update(readFileSync(file))
  }
  for (const entry of entries) visit(path.join(root, entry))
  return hash.digest("hex")
}

/** Is the stamp of an earlier run still this value? */
export const isStamped = (file, value) => existsSync(file) && readFileSync(file, "utf8").trim() === value

export function writeStamp(file, value) {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, `${value}\n`)
}
