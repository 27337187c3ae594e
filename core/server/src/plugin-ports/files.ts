import type { FilesPort } from "@fangshi/contracts"
import { Modules } from "@medusajs/framework/utils"
import { z } from "zod"
import { type Caller, checked } from "./caller"

const MOST_BYTES = 20_000_000
const newFile = z.strictObject({
  name: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,199}$/u),
  type: z.string().regex(/^[a-z]+\/[a-z0-9.+-]+$/).max(100),
  bytes: z.instanceof(Uint8Array).refine(({ byteLength }) => byteLength <= MOST_BYTES, "is larger than 20 MB"),
  access: z.enum(["public", "private"]),
})
const fileKey = z.string().min(1).max(1_000)

/** Files of the shop; the kernel keeps each shop's apart. */
export const filesPort = (caller: Caller): FilesPort => ({
  write: async (file) => {
    const { name, type, bytes, access } = checked(caller, "files.write", newFile, file)
    const files = caller.scope.resolve(Modules.FILE)
    const made = await files.createFiles({ filename: name, mimeType: type, content: Buffer.from(bytes).toString("base64"), access })
    return { key: made.id, url: access === "private" ? (await files.retrieveFile(made.id)).url : made.url }
  },
  remove: async (key) => {
    await caller.scope.resolve(Modules.FILE).deleteFiles(checked(caller, "files.remove", fileKey, key))
  },
})
