import { existsSync } from "node:fs"
import path from "node:path"
import { z } from "zod"
import { readJson } from "./read-json"
import type { Trust } from "./seal"

/** The x of an Ed25519 key: 32 bytes in base64url. */
export const publicKeyName = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

const trustFile = z.strictObject({
  publishers: z.array(publicKeyName).max(1_000).default([]),
  operator: publicKeyName.nullable().default(null),
  revoked: z.array(z.string().min(3).max(120)).max(10_000).default([]),
})

/** Where a deployment says whom it believes. */
export const trustFileOf = (dataDir: string): string => path.join(dataDir, "plugin-trust.json")

/** Whom a deployment believes; without the file, nobody. Throws PLUGIN_FILE_UNREADABLE. */
export const readTrust = (file: string): Trust => (existsSync(file) ? readJson(file, trustFile) : { publishers: [], operator: null, revoked: [] })
