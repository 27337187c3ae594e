import { spawn } from "node:child_process"
import { createWriteStream, mkdirSync } from "node:fs"
import path from "node:path"

/** A step that failed, with words for the person who ran it. */
export class StepFailed extends Error {}

/** Throws StepFailed on a Node that the platform does not run on. */
export function assertNode(version) {
  const [major, minor] = version.split(".").map(Number)
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24
  if (!fits) throw new StepFailed(`✗ Node ${version}\n  需要 Node 20.19、22.12 或 24 以上。\n  Node 20.19, 22.12 or 24 and later is needed: https://nodejs.org`)
}

const seconds = (from) => `${((Date.now() - from) / 1000).toFixed(1)} s`

/** Runs one step and prints one line with its time. `work` returns false when there was nothing to do. */
export async function step(name, hint, work) {
  const from = Date.now()
  try {
    if ((await work()) === false) return
    console.log(`✓ ${name}  ${seconds(from)}`)
  } catch (error) {
    throw new StepFailed(`✗ ${name}  ${seconds(from)}\n\n${error.message}\n\n→ ${hint}`)
  }
}

/** Runs a program, its output going to a log file; rejects with the tail of it. */
export function run(root, logName, program, args, env = {}) {
  const folder = path.join(root, ".data", "logs")
  mkdirSync(folder, { recursive: true })
  const log = createWriteStream(path.join(folder, `${logName}.log`))
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"], shell: false })
    let tail = ""
    const keep = (chunk) => {
      log.write(chunk)
      tail = (tail + chunk).slice(-3000)
    }
    child.stdout.on("data", keep)
    child.stderr.on("data", keep)
    child.once("error", reject)
    child.once("close", (code) => {
      log.end()
      if (code === 0) resolve(true)
      else reject(new Error(`${tail.trim()}\n(.data/logs/${logName}.log)`))
    })
  })
}
