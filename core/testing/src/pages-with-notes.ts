import { execFile } from "node:child_process"
import { mkdirSync, mkdtempSync } from "node:fs"
import path from "node:path"
import { promisify } from "node:util"

const ROOT = path.resolve(__dirname, "../../..")

/** The plugin of another's that is built into these pages. */
export const NOTES_FOLDER = path.join(ROOT, "core/testing/fixtures/third-party")

/** Builds the shop pages as an operator does who adds this plugin. Answers the folder of the build, which is for the caller to remove. Rejects with what the build said. */
export async function buildPagesWithNotes(): Promise<string> {
  // Below the storefront, where its packages are found.
  const generated = path.join(ROOT, "storefront/app/.react-router")
  mkdirSync(generated, { recursive: true })
  const folder = mkdtempSync(path.join(generated, "build-"))
  await promisify(execFile)(process.execPath, [path.join(ROOT, "node_modules/@react-router/dev/bin.js"), "build", path.join(ROOT, "storefront/app")], {
    env: { ...process.env, NODE_OPTIONS: "", NODE_ENV: "production", FANGSHI_PLUGINS: NOTES_FOLDER, FANGSHI_STOREFRONT_BUILD: folder },
    maxBuffer: 2 ** 26,
  })
  return folder
}
