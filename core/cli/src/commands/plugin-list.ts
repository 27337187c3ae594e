import { rmSync } from "node:fs"
import path from "node:path"
import { FangshiError } from "@fangshi/contracts"
import { installedRoot, listFileOf, readInstalled } from "@fangshi/server/src/plugin-host/installed"
import { dataDirectory } from "@fangshi/server/src/settings"
import { alone, writeJson } from "../signing/write-json"

export function list(options: { json?: boolean }): void {
  const { plugins } = readInstalled(dataDirectory())
  if (options.json) return console.log(JSON.stringify(plugins, null, 2))
  for (const { id, version, sealed, package: name } of plugins) console.log(`${id.padEnd(24)} ${version.padEnd(12)} ${sealed ? "已签名 sealed" : "未签名 plain "}  ${name}`)
}

/** Takes an installed plugin off the list, then from the disk; its tables and the shops' switches stay. Its highest version is remembered. Throws PLUGIN_UNKNOWN. */
export async function removePlugin(id: string, dataDir = dataDirectory()): Promise<void> {
  await alone(installedRoot(dataDir), () => {
    const { plugins, highest } = readInstalled(dataDir)
    if (!plugins.some((each) => each.id === id)) throw new FangshiError("PLUGIN_UNKNOWN", { plugin: id, known: plugins.map((each) => each.id).join(", ") || "–" })
    writeJson(listFileOf(dataDir), { plugins: plugins.filter((each) => each.id !== id), highest })
    rmSync(path.join(installedRoot(dataDir), id), { recursive: true, force: true })
  })
}

export async function remove(id: string): Promise<void> {
  await removePlugin(id)
  console.log(`✓ ${id}  下次启动时不再加载；数据保留 not loaded at the next start; its data stays`)
}
