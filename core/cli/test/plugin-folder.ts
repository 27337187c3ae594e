import { generateKeyPairSync } from "node:crypto"
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import type { Trust } from "@fangshi/server/src/plugin-host/signing/seal"
import { keyName } from "@fangshi/server/src/plugin-host/signing/seal"
import { packPlugin } from "../src/commands/plugin-pack"
import { signPackage } from "../src/commands/plugin-sign"
import { type PackageContent, readTarball, writeTarball } from "../src/signing/tarball"
import { REPOSITORY } from "./run-fangshi"

/** What refused, as its code; "none" where nothing did. */
export async function codeOf(work: () => unknown): Promise<string | undefined> {
  try {
    await work()
    return "none"
  } catch (error) {
    return (error as { code?: string }).code
  }
}

export const packageJsonOf = (id: string, version: string, more: object = {}): string => JSON.stringify({ name: `@acme/${id}`, version, license: "MIT", fangshi: { plugin: id }, ...more })

/** A key as the command makes it, in a file. */
function keyIn(folder: string, name: string) {
  const { privateKey } = generateKeyPairSync("ed25519")
  const file = path.join(folder, `${name}.pem`)
  writeFileSync(file, privateKey.export({ type: "pkcs8", format: "pem" }))
  return { file, name: keyName(privateKey) }
}

/** A folder of a test with the keys of a publisher, an operator and a stranger. */
export function workshop() {
  const root = mkdtempSync(path.join(tmpdir(), "fangshi-plugins-"))
  const [publisher, operator, stranger] = [keyIn(root, "publisher"), keyIn(root, "operator"), keyIn(root, "stranger")]
  const trust: Trust = { publishers: [publisher.name], operator: operator.name, revoked: [] }

  /** Writes a plugin's source; `files` add to it or take their place. */
  function plugin(id: string, version: string, files: Record<string, string> = {}): string {
    const folder = path.join(root, "sources", `${id}-${version}`)
    const all: Record<string, string> = {
      "package.json": packageJsonOf(id, version),
      "src/plugin.ts": `import { definePlugin } from "@fangshi/contracts"\n\nconst text = { "zh-CN": "便笺", en: "Notes" }\nexport const plugin = definePlugin({ id: "${id}", version: "${version}", core: "^0.1.0", name: text, description: text })\n`,
      "src/api/store/notes/route.ts": "export const GET = () => undefined\n",
      ...files,
    }
    rmSync(folder, { recursive: true, force: true })
    for (const [file, text] of Object.entries(all)) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
      writeFileSync(path.join(folder, file), text)
    }
    symlinkSync(path.join(REPOSITORY, "node_modules"), path.join(folder, "node_modules"))
    return folder
  }

  /** Packs it and has both sign. */
  async function sealed(id: string, version: string, files: Record<string, string> = {}): Promise<string> {
    const file = await packPlugin(plugin(id, version, files), path.join(root, `${id}-${version}.tgz`))
    signPackage(file, publisher.file, "publisher")
    signPackage(file, operator.file, "operator")
    return file
  }

  /** The same package after somebody changed its files. */
  function tampered(file: string, change: (content: Map<string, Buffer>) => void): string {
    const content = new Map<string, Buffer>(readTarball(file) as PackageContent)
    change(content)
    const out = path.join(root, "tampered.tgz")
    writeTarball(content, out)
    return out
  }

  return { root, publisher, operator, stranger, trust, plugin, sealed, tampered, remove: () => rmSync(root, { recursive: true, force: true }) }
}
