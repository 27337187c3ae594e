import { readFileSync } from "node:fs"
import path from "node:path"

/** The version that a plugin's manifest names as its core. */
export const CORE_VERSION = (JSON.parse(readFileSync(path.join(__dirname, "../package.json"), "utf8")) as { version: string }).version
