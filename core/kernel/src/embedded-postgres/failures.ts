import { statfsSync } from "node:fs"
import path from "node:path"
import { FangshiError } from "@fangshi/contracts"

/** Less than this, in bytes, and Postgres cannot write its first page. */
const NO_SPACE = 64 * 1024

/** Runs work that writes; a full disk or an exhausted quota becomes POSTGRES_DISK_FULL. */
export function withDisk<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (["ENOSPC", "EDQUOT"].includes((error as NodeJS.ErrnoException).code ?? "")) throw new FangshiError("POSTGRES_DISK_FULL", {}, { cause: error })
    throw error
  }
}

/** What the server's own words mean to the person who started it. */
export function startFailure(words: string, logFile: string): FangshiError {
  const last = words.trim().split("\n").filter(Boolean).at(-1) ?? "no output"
  if (/No space left on device|ENOSPC|disk full|Disk quota exceeded/i.test(words) || isFull(path.dirname(logFile))) return new FangshiError("POSTGRES_DISK_FULL")
  if (/Address already in use|could not create any TCP\/IP sockets/i.test(words)) return new FangshiError("POSTGRES_PORT_TAKEN", { port: /port (\d+)/.exec(words)?.[1] ?? "?" })
  const version = /initialized by PostgreSQL version (\d+).*?not compatible with this version (\d+)/s.exec(words)
  if (version) return new FangshiError("POSTGRES_VERSION", { found: version[1] ?? "?", shipped: version[2] ?? "?" })
  return new FangshiError("POSTGRES_NOT_STARTED", { problem: last, log: path.basename(logFile) })
}

/** The log lies on the same disk: on a full one Postgres may have had no room to say so. */
function isFull(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize < NO_SPACE
  } catch {
    return false
  }
}
