import path from "node:path"
import { readTrust, trustFileOf } from "@fangshi/server/src/plugin-host/signing/trust"
import { dataDirectory } from "@fangshi/server/src/settings"
import { verifyPackage } from "../signing/plugin-package"
import { readTarball } from "../signing/tarball"

/** The deployment's trust, or another file's. */
export const trustOf = (file?: string): ReturnType<typeof readTrust> => readTrust(file ? path.resolve(file) : trustFileOf(dataDirectory()))

export function verify(file: string, options: { trust?: string }): void {
  const seal = verifyPackage(readTarball(file), trustOf(options.trust))
  console.log(`✓ ${seal.plugin.id}@${seal.plugin.version}  ${Object.keys(seal.files).length} 个文件 files\n  发布者 publisher: ${seal.publisher.key}${seal.operator ? `\n  平台 operator: ${seal.operator.key}` : ""}`)
}
