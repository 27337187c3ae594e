import { assertSigned, countersignedBy, keyName, sealedBy } from "@fangshi/server/src/plugin-host/signing/seal"
import { assertSealed } from "@fangshi/server/src/plugin-host/signing/seal-file"
import { makeKey, readKey } from "../signing/key-file"
import { getSeal, withSeal } from "../signing/plugin-package"
import { readTarball, writeTarball } from "../signing/tarball"

/**
 * Signs a packed plugin as its publisher, or countersigns what its publisher signed as the operator; the tarball is replaced.
 * Throws PLUGIN_UNSEALED, PLUGIN_FILE_CHANGED and, where the publisher's signature is wrong, PLUGIN_SEAL_BROKEN.
 */
export function signPackage(file: string, keyFile: string, as: "publisher" | "operator"): { plugin: string; key: string } {
  const key = readKey(keyFile)
  const content = readTarball(file)
  const seal = getSeal(content)
  if (as === "operator") {
    assertSealed(seal)
    assertSigned(seal, { publishers: [seal.publisher.key], operator: null, revoked: [] })
    writeTarball(withSeal(content, countersignedBy(seal, key)), file)
  } else writeTarball(withSeal(content, sealedBy(seal, key)), file)
  return { plugin: `${seal.plugin.id}@${seal.plugin.version}`, key: keyName(key) }
}

export function sign(file: string, options: { key: string; operator?: boolean }): void {
  const { plugin, key } = signPackage(file, options.key, options.operator ? "operator" : "publisher")
  console.log(`✓ ${plugin}  ${options.operator ? "会签 countersigned" : "签名 signed"}: ${key}`)
}

export function keys(options: { out: string }): void {
  console.log(`✓ ${options.out}\n  公钥 public key: ${makeKey(options.out)}`)
}
