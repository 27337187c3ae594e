import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import path from "node:path"
import { FangshiError } from "@fangshi/contracts"
import { withDisk } from "./failures"
import { commandOf, isAlive, startedAt } from "./processes"

type Owner = { pid: number; started: string }

const mine = (): Owner => ({ pid: process.pid, started: startedAt(process.pid) })

function readOwner(file: string): Owner | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Owner
  } catch {
    return null
  }
}

/** A lock left behind by a process that is gone counts for nothing, even where its id now belongs to another one, or where its parent (the first process of many a container) never asked for its end. */
function holds(owner: Owner | null): owner is Owner {
  if (owner === null || !isAlive(owner.pid) || commandOf(owner.pid) === "") return false
  return owner.started === "" || owner.started === startedAt(owner.pid)
}

/** Takes the data folder for this process, or throws POSTGRES_BUSY. */
export function takeOwnership(dataDir: string): () => void {
  const file = path.join(dataDir, "owner.json")
  const draft = `${file}.${process.pid}`
  const busy = (owner: Owner | null) => new FangshiError("POSTGRES_BUSY", { pid: owner?.pid ?? 0, folder: path.basename(dataDir) })
  try {
    // Written aside and linked: a lock that is there but not yet written would look stale to another starter.
    withDisk(() => writeFileSync(draft, JSON.stringify(mine()), { mode: 0o600 }))
    for (let attempt = 0; attempt < 5; attempt++) {
      if (placed(draft, file)) {
        return () => {
          if (readOwner(file)?.pid === process.pid) rmSync(file, { force: true })
        }
      }
      const owner = readOwner(file)
      if (holds(owner)) throw busy(owner)
      removeStale(file)
    }
    throw busy(readOwner(file))
  } finally {
    rmSync(draft, { force: true })
  }
}

function placed(draft: string, file: string): boolean {
  try {
    withDisk(() => linkSync(draft, file))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false
    throw error
  }
}

/** Two starters may find the same stale lock, and the slower one must not remove what the faster one has put in its place: moved away first, then looked at again. */
function removeStale(file: string) {
  const aside = `${file}.stale.${process.pid}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return
    throw error
  }
  if (holds(readOwner(aside))) placed(aside, file)
  rmSync(aside, { force: true })
}
