import { type KeyObject, createHash, createPublicKey, sign, verify } from "node:crypto"
import { FangshiError } from "@fangshi/contracts"
import { canonicalJson } from "./canonical-json"

/** The file of a package that holds its seal; of all its files the only one that the seal does not name. */
export const SEAL_FILE = "fangshi.seal.json"

/** `key`: the x of an Ed25519 key in JWK (RFC 8037), `signature`: base64url of 64 bytes. */
export type Signature = { key: string; signature: string }

/** What is signed. `plugin`: the plugin's manifest as data, so that it can be read before any of its code runs. `files`: SHA-256 in hex by path. */
export type SealBody = { format: 1; plugin: { id: string; version: string } & Record<string, unknown>; files: Record<string, string> }

/** The publisher signs the body; the operator of a deployment, who has looked at it, the body with the publisher's signature. */
export type Seal = SealBody & { publisher: Signature; operator?: Signature }

export type Keys = { publicKey: string; privateKey: KeyObject }

export const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex")

/** The name a key goes by: its public half. */
export const keyName = (key: KeyObject): string => (key.type === "private" ? createPublicKey(key) : key).export({ format: "jwk" }).x ?? ""

const bodyOf = ({ format, plugin, files }: SealBody): SealBody => ({ format, plugin, files })

const signed = (value: unknown, key: KeyObject): Signature => ({ key: keyName(key), signature: sign(null, Buffer.from(canonicalJson(value)), key).toString("base64url") })

export const sealedBy = (body: SealBody, publisher: KeyObject): Seal => ({ ...bodyOf(body), publisher: signed(bodyOf(body), publisher) })

export const countersignedBy = (seal: Seal, operator: KeyObject): Seal => ({ ...seal, operator: signed({ ...bodyOf(seal), publisher: seal.publisher }, operator) })

function isSignedBy(value: unknown, { key, signature }: Signature): boolean {
  try {
    return verify(null, Buffer.from(canonicalJson(value)), createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x: key } }), Buffer.from(signature, "base64url"))
  } catch {
    // No key at all, or a value that cannot be written down.
    return false
  }
}

/** Whom a deployment believes. `revoked`: keys, and packages as id@version, that are refused whatever they are signed with. */
export type Trust = { publishers: readonly string[]; operator: string | null; revoked: readonly string[] }

/**
 * Checks the signatures of a seal, without a network. Throws PLUGIN_REVOKED, PLUGIN_PUBLISHER_UNKNOWN, PLUGIN_SEAL_BROKEN,
 * and, where the deployment has an operator's key, PLUGIN_NOT_COUNTERSIGNED.
 */
export function assertSigned(seal: Seal, { publishers, operator, revoked }: Trust): void {
  const { id, version } = seal.plugin
  const gone = [seal.publisher.key, ...(seal.operator ? [seal.operator.key] : []), `${id}@${version}`].find((each) => revoked.includes(each))
  if (gone) throw new FangshiError("PLUGIN_REVOKED", { plugin: `${id}@${version}`, revoked: gone })
  if (!publishers.includes(seal.publisher.key)) throw new FangshiError("PLUGIN_PUBLISHER_UNKNOWN", { plugin: id, key: seal.publisher.key })
  if (!isSignedBy(bodyOf(seal), seal.publisher)) throw new FangshiError("PLUGIN_SEAL_BROKEN", { plugin: id })
  if (operator === null) return
  if (seal.operator?.key !== operator || !isSignedBy({ ...bodyOf(seal), publisher: seal.publisher }, seal.operator)) throw new FangshiError("PLUGIN_NOT_COUNTERSIGNED", { plugin: id })
}

/** Compares the files there are with those the seal names. Throws PLUGIN_FILE_CHANGED with the first one that differs, is missing or is not named. */
export function assertFiles(seal: Seal, files: Record<string, string>): void {
  for (const file of new Set([...Object.keys(seal.files), ...Object.keys(files)].sort())) {
    if (seal.files[file] !== files[file]) throw new FangshiError("PLUGIN_FILE_CHANGED", { plugin: seal.plugin.id, file })
  }
}
