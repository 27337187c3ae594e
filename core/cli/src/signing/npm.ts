import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { promisify } from "node:util"
import { FangshiError } from "@fangshi/contracts"

/** Runs npm itself, so that logins, mirrors and proxies are those of whoever runs us. No package's scripts are run. */
export async function npm(args: string[], cwd: string): Promise<void> {
  const program = process.env.npm_execpath
  const all = [...args, "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
  await promisify(execFile)(program ? process.execPath : "npm", program ? [program, ...all] : all, { cwd, env: process.env, maxBuffer: 16 * 1024 * 1024 })
}

/** Where npm was asked to go, for an error. */
const registryArgs = (registry?: string) => (registry ? ["--registry", registry] : [])

/** What npm says in its first line of complaint. */
function complaintOf(error: unknown): string {
  const { stderr = "" } = error as { stderr?: string }
  const said = stderr.split("\n").filter((line) => /^npm (?:error|ERR!)/.test(line)).map((line) => line.replace(/^npm (?:error|ERR!)\s*/, ""))
  return said.find((line) => !/^code /.test(line)) ?? (error instanceof Error ? error.message.split("\n")[0] ?? "" : String(error))
}

/** Publishes a tarball. Throws PLUGIN_VERSION_TAKEN, PLUGIN_REGISTRY_FAILED. */
export async function publishToNpm(registry: string, tarball: string, { name, version }: { name: string; version: string }): Promise<void> {
  try {
    await npm(["publish", tarball, "--tag", version.includes("-") ? "next" : "latest", ...registryArgs(registry)], path.dirname(tarball))
  } catch (error) {
    const problem = complaintOf(error)
    if (/EPUBLISHCONFLICT|previously published/i.test(`${problem}\n${(error as { stderr?: string }).stderr ?? ""}`)) throw new FangshiError("PLUGIN_VERSION_TAKEN", { plugin: name, version })
    throw new FangshiError("PLUGIN_REGISTRY_FAILED", { registry, problem })
  }
}

/** Fetches a package's tarball, which npm compares with the registry's hash. Throws PLUGIN_REGISTRY_FAILED. */
export async function fetchFromNpm(spec: string, registry?: string): Promise<Buffer> {
  const folder = mkdtempSync(path.join(tmpdir(), "fangshi-fetch-"))
  try {
    await npm(["pack", spec, "--pack-destination", folder, ...registryArgs(registry)], folder)
    const [file] = readdirSync(folder).filter((name) => name.endsWith(".tgz"))
    return readFileSync(path.join(folder, file ?? ""))
  } catch (error) {
    throw new FangshiError("PLUGIN_REGISTRY_FAILED", { registry: registry ?? "npm", problem: complaintOf(error) })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
