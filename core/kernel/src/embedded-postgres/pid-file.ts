import { readFileSync, rmSync, writeFileSync } from "node:fs"
import path from "node:path"
import { withDisk } from "./failures"
import { commandOf, isAlive } from "./processes"

export type Running = { pid: number; port: number }

const pidFile = (cluster: string) => path.join(cluster, "postmaster.pid")

function readText(cluster: string): string | null {
  try {
    return readFileSync(pidFile(cluster), "utf8")
  } catch {
    return null
  }
}

/** What postmaster.pid of the cluster says, or null where there is none. Numbers that are not there are NaN. */
export function readPidFile(cluster: string): Running | null {
  const text = readText(cluster)
  if (text === null) return null
  const [pid, , , port] = text.split("\n")
  return { pid: Number.parseInt(pid ?? "", 10), port: Number.parseInt(port ?? "", 10) }
}

/** Is this process the server of this cluster? Where the system tells no command lines, any living process counts. */
export function isServerOf(cluster: string, pid: number): boolean {
  if (!isAlive(pid)) return false
  const command = commandOf(pid)
  return command === null || command.includes(cluster)
}

/**
 * Mends a pid file that Postgres itself would stumble over: unreadable, or naming a process that was given the id of a
 * server long gone. The file is kept where possible: it also names the shared memory, by which Postgres finds out that
 * children of that server still write into the cluster.
 */
export function mendPidFile(cluster: string) {
  const text = readText(cluster)
  if (text === null) return
  const pid = Number.parseInt(text, 10)
  if (!(Math.abs(pid) > 0) || (isAlive(pid) && process.platform === "win32")) return rmSync(pidFile(cluster), { force: true })
  // Postgres takes no notice of a pid that is its parent's, which we shall be.
  if (isAlive(pid)) withDisk(() => writeFileSync(pidFile(cluster), text.replace(/^\s*\d+/, String(process.pid))))
}
