import { spawnSync } from "node:child_process"
import { userInfo } from "node:os"

/** "nobody": has a passwd entry on every Linux, which initdb insists on. */
const NOBODY = 65534

const unshare = (program: string, args: string[]): [string, string[]] => ["unshare", ["--user", `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, program, ...args]]

function hasPasswdEntry(): boolean {
  try {
    return userInfo().username !== ""
  } catch {
    return false
  }
}

/**
 * How to start a Postgres program from this process. Postgres refuses to run as root, and initdb as a user without a
 * name; both run in a user namespace of their own, in which the same user is called nobody. Files keep their owner.
 */
export function runnable(program: string, args: string[]): [string, string[]] {
  const plain = process.platform === "win32" || (process.getuid?.() !== 0 && hasPasswdEntry())
  if (plain) return [program, args]
  const [command, probe] = unshare("true", [])
  if (spawnSync(command, probe).status === 0) return unshare(program, args)
  return [program, args]
}
