import path from "node:path"
import { ModuleProvider, Modules } from "@medusajs/framework/utils"
import { fileAddress, isPrivate, signFile } from "../front-door/files"

type Key = { fileKey: string }
type LocalFiles = new (container: unknown, options: { upload_dir: string; private_upload_dir: string; signing_secret: string }) => {
  getUploadFileUrl: (key: string) => string
  getPresignedDownloadUrl: (file: Key) => Promise<string>
}

const local = path.join(path.dirname(require.resolve("@medusajs/file-local")), "services/local-file.js")
// eslint-disable-next-line @typescript-eslint/no-require-imports -- the class is not exported by the package
const { LocalFileService } = require(local) as { LocalFileService: LocalFiles }

/**
 * Medusa's local folder with addresses that hold on every host of a shop (root-relative), and with signed, short-lived
 * addresses for private files, which the original serves to everybody. Which folder is whose, the kernel's wrap decides.
 */
class TenantFiles extends LocalFileService {
  static identifier = "tenant-files"

  constructor(container: unknown, options: { upload_dir: string; private_upload_dir: string; signing_secret: string }) {
    super(container, options)
    this.getUploadFileUrl = fileAddress
    const plain = this.getPresignedDownloadUrl.bind(this)
    this.getPresignedDownloadUrl = async (file) => {
      const address = await plain(file)
      return isPrivate(file.fileKey) ? signFile(options.signing_secret, file.fileKey, Date.now()) : address
    }
  }
}

export default ModuleProvider(Modules.FILE, { services: [TenantFiles as never] })
