import { readFileSync, rmSync, writeFileSync } from "node:fs"
import path from "node:path"
import { FangshiError } from "@fangshi/contracts"
import { isAlive, startedAt } from "./processes"

type Owner = { pid: number; started: string }

const mine = (): Owner => ({ pid: process.pid, started: startedAt(process.pid) })

function readOwner(file: string): Owner | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Owner
  } catch {
    return null
  }
}

/** Takes the data folder for this process, or throws POSTGRES_BUSY. A lock left behind by a process that is gone counts for nothing. */
export function takeOwnership(dataDir: string): () => void {
  const file = path.join(dataDir, "owner.json")
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(file, JSON.stringify(mine()), { flag: "wx", mode: 0o600 })
      return () => {
        if (readOwner(file)?.pid === process.pid) rmSync(file, { force: true })
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOSPC") throw new FangshiError("POSTGRES_DISK_FULL", {}, { cause: error })
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
    }
    const owner = readOwner(file)
    const holds = owner !== null && isAlive(owner.pid) && (owner.started === "" || owner.started === startedAt(owner.pid))
    if (holds || attempt > 3) throw new FangshiError("POSTGRES_BUSY", { pid: owner?.pid ?? 0, folder: path.basename(dataDir) })
    rmSync(file, { force: true })
  }
}
