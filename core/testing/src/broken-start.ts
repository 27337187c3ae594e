import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { OWN_SOURCES } from "@fangshi/kernel/src/own-sources"
import type { TestDatabase } from "./databases"
import type { BrokenStart } from "./start-broken"

/** What is broken: nothing, wraps (their names with commas) that are not applied, or a file that the process has loaded before. */
export type Break = [] | ["without-wraps", string] | ["with-file", string]

/** Starts the real host in a process of its own with one thing broken, or with such plugins, and tells how that ended. The process is gone afterwards. */
export async function startBroken(database: Pick<TestDatabase, "appUrl">, broken: Break, plugins: readonly string[] = []): Promise<BrokenStart> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "fangshi-test-"))
  const child = spawn(process.execPath, [...OWN_SOURCES, path.join(__dirname, "start-broken.ts"), ...broken], {
    cwd: path.resolve(__dirname, "../../.."),
    env: {
      ...process.env,
      NODE_OPTIONS: "",
      NODE_ENV: "production",
      FANGSHI_MODE: "test",
      FANGSHI_MASTER_SECRET: "test-master-secret-0123456789abcdef",
      FANGSHI_LOG_LEVEL: "fatal",
      FANGSHI_DATA: dataDir,
      FANGSHI_PLUGINS: plugins.join(),
      FANGSHI_APP_DATABASE_URL: database.appUrl,
    },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    timeout: 120_000,
  })
  try {
    return await new Promise((resolve, reject) => {
      let result: BrokenStart | undefined
      child.once("message", (message) => (result = message as BrokenStart))
      child.once("error", reject)
      child.once("exit", (code, signal) => (result ? resolve(result) : reject(new Error(`the start ended without a word (${String(code ?? signal)})`))))
    })
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}
