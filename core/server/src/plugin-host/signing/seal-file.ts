import { FangshiError, pluginId, pluginVersion } from "@fangshi/contracts"
import { z } from "zod"
import { parseJson } from "./read-json"
import { SEAL_FILE, type Seal, type SealBody } from "./seal"
import { publicKeyName } from "./trust"

const signature = z.strictObject({ key: publicKeyName, signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/) })

const sealFile = z.strictObject({
  format: z.literal(1),
  plugin: z.looseObject({ id: pluginId, version: pluginVersion }),
  files: z.record(z.string().min(1).max(240), z.string().regex(/^[0-9a-f]{64}$/)),
  publisher: signature.optional(),
  operator: signature.optional(),
})

/** A seal as it is packed: not signed yet, signed by its publisher, or by both. */
export type PackedSeal = SealBody & Partial<Pick<Seal, "publisher" | "operator">>

/** Reads fangshi.seal.json. Throws PLUGIN_FILE_UNREADABLE. */
export const parseSeal = (text: string): PackedSeal => parseJson(text, sealFile, SEAL_FILE)

/** Throws PLUGIN_UNSEALED where no publisher has signed. */
export function assertSealed(seal: PackedSeal): asserts seal is Seal {
  if (!seal.publisher) throw new FangshiError("PLUGIN_UNSEALED", { plugin: seal.plugin.id })
}
