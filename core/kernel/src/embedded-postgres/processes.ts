import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"

/** Is there a process with this id that we may signal or that belongs to another user? */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"
  }
}

/** macOS has no /proc. */
function ask(field: "command" | "lstart", pid: number): string | null {
  if (process.platform !== "darwin") return null
  return spawnSync("ps", ["-o", `${field}=`, "-p", String(pid)], { encoding: "utf8" }).stdout?.trim() ?? null
}

/** When the process started, in the kernel's ticks; tells a process from a later one that was given the same id. "" where unknown. */
export function startedAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? ""
  } catch {
    return ask("lstart", pid) ?? ""
  }
}

/** The command line of a process, "" of one that has ended but was not yet waited for, or null where the system does not tell. */
export function commandOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim()
  } catch {
    return ask("command", pid)
  }
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
