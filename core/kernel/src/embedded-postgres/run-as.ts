import { spawnSync } from "node:child_process"
import { chownSync, lchownSync, readdirSync, statSync } from "node:fs"
import { userInfo } from "node:os"
import path from "node:path"

/** "nobody": has a passwd entry on every Linux, which initdb insists on. */
const NOBODY = 65534

type Way = "as we are" | "in a user namespace" | "as nobody"

/** user: for the options of spawn. */
export type Runnable = { command: string; args: string[]; user: { uid?: number; gid?: number } }

const isRoot = () => process.getuid?.() === 0

const unshare = (program: string, args: string[]): [string, string[]] => ["unshare", ["--user", `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, program, ...args]]

function hasPasswdEntry(): boolean {
  try {
    return userInfo().username !== ""
  } catch {
    return false
  }
}

function chooseWay(): Way {
  if (process.platform === "win32" || (!isRoot() && hasPasswdEntry())) return "as we are"
  const [command, probe] = unshare("true", [])
  if (spawnSync(command, probe).status === 0) return "in a user namespace"
  return isRoot() ? "as nobody" : "as we are"
}

/**
 * How to start a Postgres program from this process. Postgres refuses to run as root, and initdb as a user without a
 * name; both run in a user namespace of their own, in which the same user is called nobody and files keep their owner.
 * Where the system forbids namespaces, as containers often do, root becomes nobody outright.
 */
export function runnable(program: string, args: string[]): Runnable {
  const way = chooseWay()
  if (way === "in a user namespace") {
    const [command, all] = unshare(program, args)
    return { command, args: all, user: {} }
  }
  return { command: program, args, user: way === "as nobody" ? { uid: NOBODY, gid: NOBODY } : {} }
}

/** Gives the data folder to the user that Postgres will run as. Only root can and needs to: its two ways differ, and a folder may have been made the other way. */
export function handOver(dataDir: string, { user }: Runnable) {
  if (!isRoot()) return
  const uid = user.uid ?? 0
  if (statSync(dataDir).uid === uid && uid === 0) return
  for (const entry of readdirSync(dataDir, { recursive: true, withFileTypes: true })) lchownSync(path.join(entry.parentPath, entry.name), uid, uid)
  // Last: a walk that was broken off is repeated.
  chownSync(dataDir, uid, user.gid ?? 0)
}
