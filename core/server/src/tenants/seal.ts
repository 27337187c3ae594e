import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto"

const TAG_BYTES = 16
const IV_BYTES = 12

/** AES-256-GCM under a key derived for one tenant. What is sealed for another tenant or purpose, or was altered, does not open. */
export class Seal {
  constructor(private readonly masterSecret: string) {}

  close(tenant: string, purpose: string, value: Record<string, unknown>): string {
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv("aes-256-gcm", this.key(tenant), iv, { authTagLength: TAG_BYTES })
    cipher.setAAD(Buffer.from(purpose))
    const body = Buffer.concat([cipher.update(JSON.stringify(value), "utf8"), cipher.final()])
    return Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64")
  }

  /** Throws where it does not open. */
  open(tenant: string, purpose: string, sealed: string): Record<string, unknown> {
    const bytes = Buffer.from(sealed, "base64")
    const decipher = createDecipheriv("aes-256-gcm", this.key(tenant), bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(purpose))
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
    return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8")) as Record<string, unknown>
  }

  private key(tenant: string) {
    return Buffer.from(hkdfSync("sha256", this.masterSecret, tenant, "fangshi credentials", 32))
  }
}
