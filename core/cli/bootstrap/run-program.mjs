import { spawn } from "node:child_process"
import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import path from "node:path"

/** Node 24 where npm has brought it along, else the one that runs us. */
export function nodeProgram(root) {
  const platform = `${process.platform === "win32" ? "win" : process.platform}-${process.arch}`
  const shipped = path.join(root, "node_modules", `node-${platform}`, "bin", process.platform === "win32" ? "node.exe" : "node")
  return existsSync(shipped) ? shipped : process.execPath
}

/** What a command runs, as arguments of Node. */
export function programOf(root, command, args) {
  if (command === "test") {
    const report = process.env.CI ? ["--ci", "--json", `--outputFile=${path.join(root, ".data", "test-result.json")}`] : []
    return ["--experimental-vm-modules", "--no-warnings", path.join(root, "node_modules/jest/bin/jest.js"), "--config", path.join(root, "core/testing/jest.config.cjs"), ...report, ...args]
  }
  const sources = ["--require", path.join(root, "core/kernel/bootstrap/load-sources.cjs")]
  if (command === "gallery") return [...sources, path.join(root, "storefront/gallery/src/main.ts"), ...args]
  return [...sources, path.join(root, "core/cli/src/main.ts"), ...(command === "run" ? [] : [command]), ...args]
}

/** Medusa looks here for its own settings: nothing is written into the home of whoever runs us, and it does not announce the telemetry that is off. */
function medusaSettings(root) {
  const home = path.join(root, ".data", "config")
  const file = path.join(home, "medusa", "config.json")
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, JSON.stringify({ telemetry: { enabled: false } }))
  }
  return { XDG_CONFIG_HOME: home, MEDUSA_DISABLE_TELEMETRY: "1" }
}

/** Runs the command, hands signals on, and returns its exit code. */
export function runProgram(root, command, args) {
  const child = spawn(nodeProgram(root), programOf(root, command, args), { cwd: root, stdio: "inherit", env: { ...process.env, ...medusaSettings(root), ...(command === "start" ? { NODE_ENV: "production" } : {}) } })
  // The terminal sends Ctrl-C to the child as well; it stops in order, and we wait for it.
  const forward = (signal) => () => child.kill(signal)
  const ignore = () => undefined
  process.on("SIGINT", process.stdin.isTTY ? ignore : forward("SIGINT"))
  process.on("SIGTERM", forward("SIGTERM"))
  return new Promise((resolve) => {
    child.once("error", (error) => {
      console.error(error.message)
      resolve(1)
    })
    child.once("exit", (code, signal) => resolve(code ?? (signal ? 130 : 1)))
  })
}
