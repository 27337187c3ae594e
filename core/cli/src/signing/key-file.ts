import { type KeyObject, createPrivateKey, generateKeyPairSync } from "node:crypto"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import path from "node:path"
import { FangshiError } from "@fangshi/contracts"
import { keyName } from "@fangshi/server/src/plugin-host/signing/seal"

const unreadable = (file: string, zh: string, en: string) => new FangshiError("PLUGIN_FILE_UNREADABLE", { file, problem: { "zh-CN": zh, en } })

/** Makes an Ed25519 key, writes it for its owner's eyes only (PKCS #8, PEM) and returns its public name. Never over a file that is there: throws PLUGIN_FILE_UNREADABLE. */
export function makeKey(file: string): string {
  const { privateKey } = generateKeyPairSync("ed25519")
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true })
  try {
    writeFileSync(file, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600, flag: "wx" })
  } catch (error) {
    if ((error as { code?: string }).code === "EEXIST") throw unreadable(file, "已经存在，不会覆盖", "is there already and is not written over")
    throw error
  }
  return keyName(privateKey)
}

/** Throws PLUGIN_FILE_UNREADABLE for what is no private Ed25519 key. */
export function readKey(file: string): KeyObject {
  try {
    const key = createPrivateKey(readFileSync(file))
    if (key.asymmetricKeyType === "ed25519") return key
  } catch {
    // Said below: no file, no PEM, or a key of another kind.
  }
  throw unreadable(file, "不是 Ed25519 私钥", "no private Ed25519 key")
}
