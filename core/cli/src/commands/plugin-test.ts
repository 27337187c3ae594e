import { spawn } from "node:child_process"
import path from "node:path"
import { REPOSITORY } from "@fangshi/server/src/settings"
import { pluginFolder } from "./plugin-folder"

/** What jest is told to run the specs of one folder, which may lie outside the repository; of all of plugins/ without one. */
export function jestArgs(plugin: string | undefined, more: readonly string[]): string[] {
  const folder = plugin === undefined ? path.join(REPOSITORY, "plugins") : pluginFolder(plugin)
  // Last, since these take every word that follows for one more of theirs.
  return [path.join(REPOSITORY, "node_modules/jest/bin/jest.js"), ...more, "--config", path.join(REPOSITORY, "core/testing/jest.config.cjs"), "--roots", folder, "--testMatch", `${folder.replaceAll("\\", "/")}/**/*.spec.{ts,tsx}`]
}

/** Runs a plugin's tests with those of the repository's host: real Postgres, real routes, two shops. */
export async function testPlugin(plugin: string | undefined, more: readonly string[] = []): Promise<void> {
  const child = spawn(process.execPath, ["--experimental-vm-modules", "--no-warnings", ...jestArgs(plugin, more)], { cwd: REPOSITORY, stdio: "inherit", env: { ...process.env, FANGSHI_LOG_LEVEL: process.env.FANGSHI_LOG_LEVEL ?? "error" } })
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.once("error", reject)
    child.once("exit", (code) => resolve(code ?? 1))
  })
}
