import { readTrust, trustFileOf } from "@fangshi/server/src/plugin-host/signing/trust"
import { dataDirectory } from "@fangshi/server/src/settings"
import { verifyPackage } from "../signing/plugin-package"
import { readTarball } from "../signing/tarball"

export function verify(file: string, options: { trust?: string }): void {
  const seal = verifyPackage(readTarball(file), readTrust(options.trust ?? trustFileOf(dataDirectory())))
  console.log(`✓ ${seal.plugin.id}@${seal.plugin.version}  ${Object.keys(seal.files).length} 个文件 files\n  发布者 publisher: ${seal.publisher.key}${seal.operator ? `\n  平台 operator: ${seal.operator.key}` : ""}`)
}
