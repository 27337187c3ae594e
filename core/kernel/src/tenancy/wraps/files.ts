import { NO_TENANT, currentTenant, runInTenant } from "../context"
import { type Wrap, expectSeam, medusaInternal, wrapMethod } from "../seam"

type FileKey = { fileKey: string }
type Provider = { prototype: object }

const seam = "@medusajs/file services/file-provider-service.js"
const provider = () => medusaInternal<{ default: Provider }>("@medusajs/file", "services/file-provider-service.js").default

/** Thrown when a file of another tenant, or a path outside the tenant's own folder, is named. */
export class ForeignFile extends Error {
  readonly type = "not_found"
  constructor() {
    super("There is no such file")
    this.name = "ForeignFile"
  }
}

function prefix(): string {
  const tenant = currentTenant()
  if (tenant === NO_TENANT) throw new ForeignFile()
  return `${tenant}/`
}

/** A new file lands in the tenant's folder; whatever folder the caller named is inside it. */
const scopedName = <T extends { filename: string }>(file: T): T => {
  const clean = file.filename.split(/[\\/]+/).filter((part) => part && part !== "." && part !== "..")
  return { ...file, filename: prefix() + clean.join("/") }
}

/** An existing key must be the tenant's own. */
const own = <T extends FileKey>(file: T): T => {
  if (!file.fileKey.startsWith(prefix()) || /(?:^|[\\/])\.\.(?:[\\/]|$)/.test(file.fileKey)) throw new ForeignFile()
  return file
}

/** In front of every file provider (local folder, S3 …), so that none has to know of tenants. */
export const files: Wrap = {
  name: "files",
  reason: "All shops uploaded into one folder, and one could read or delete another's file by its key.",
  seam,
  beforeLoad: () => {
    const { prototype } = provider()
    for (const name of ["upload", "getUploadStream", "getPresignedUploadUrl"]) {
      wrapMethod(seam, prototype, name, (original) => function (file: { filename: string }) {
        return original.call(this, file.filename ? scopedName(file) : file)
      })
    }
    wrapMethod(seam, prototype, "delete", (original) => function (file: FileKey | FileKey[]) {
      return original.call(this, Array.isArray(file) ? file.map(own) : own(file))
    })
    for (const name of ["getPresignedDownloadUrl", "getDownloadStream", "getAsBuffer"]) {
      wrapMethod(seam, prototype, name, (original) => function (file: FileKey) {
        return original.call(this, own(file))
      })
    }
  },
  verify: async () => {
    const probe = Object.create(provider().prototype as object) as { fileProvider_: unknown; upload(f: object): string; getAsBuffer(f: FileKey): unknown }
    probe.fileProvider_ = { upload: (f: { filename: string }) => f.filename, getAsBuffer: () => "read" }
    const name = await runInTenant("wrap-one", () => probe.upload({ filename: "../x/a.png" }))
    expectSeam(name === "wrap-one/x/a.png", `an upload of wrap-one would be stored as ${name}`)
    const foreign = await runInTenant("wrap-two", () => {
      try {
        return probe.getAsBuffer({ fileKey: "wrap-one/x/a.png" })
      } catch {
        return "refused"
      }
    })
    expectSeam(foreign === "refused", "a file of another tenant can be read")
  },
}
