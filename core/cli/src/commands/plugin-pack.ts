import { existsSync, readFileSync, statSync } from "node:fs"
import path from "node:path"
import { pathToFileURL } from "node:url"
import { FangshiError, type PluginManifest, PluginManifestFault } from "@fangshi/contracts"
import { readJson } from "@fangshi/server/src/plugin-host/signing/read-json"
import { SEAL_FILE } from "@fangshi/server/src/plugin-host/signing/seal"
import { factsOf } from "@fangshi/server/src/plugin-host/signing/verify-installed"
import packlist from "npm-packlist"
import { hashesOf, packageJson, withSeal } from "../signing/plugin-package"
import { MOST_BYTES, MOST_FILES, type PackageContent, isPackagePath, writeTarball } from "../signing/tarball"

/** What npm would take along and the platform makes anew. */
const MADE_ANEW = [".medusa/", "node_modules/", SEAL_FILE]

const unreadable = (plugin: string, zh: string, en: string) => new FangshiError("PLUGIN_UNREADABLE", { plugin, problem: { "zh-CN": zh, en } })

/** The manifest that src/plugin.ts exports as `plugin`; runs that file. Throws PLUGIN_UNREADABLE. */
export async function loadManifest(folder: string): Promise<PluginManifest> {
  const name = path.basename(folder)
  const file = path.join(folder, "src/plugin.ts")
  if (!existsSync(file)) throw unreadable(name, "没有 src/plugin.ts", "there is no src/plugin.ts")
  try {
    const loaded = (await import(pathToFileURL(file).href)) as { plugin?: PluginManifest; default?: { plugin?: PluginManifest } }
    const manifest = loaded.plugin ?? loaded.default?.plugin
    if (manifest?.id) return manifest
  } catch (error) {
    if (error instanceof PluginManifestFault) throw unreadable(name, `${error.path}：${error.problem["zh-CN"]}`, `${error.path}: ${error.problem.en}`)
    const message = error instanceof Error ? error.message : String(error)
    throw unreadable(name, message, message)
  }
  throw unreadable(name, "src/plugin.ts 没有导出 plugin", "src/plugin.ts exports no plugin")
}

/** The files that npm would publish, read. Throws PLUGIN_PACKAGE_UNSAFE for a name or an amount that no installation takes. */
async function contentOf(folder: string, plugin: string): Promise<PackageContent> {
  const json = readJson(path.join(folder, "package.json"), packageJson)
  const listed = await packlist({ path: folder, package: { ...json, bundleDependencies: [], bundledDependencies: [] }, isProjectRoot: true, edgesOut: new Map() })
  const files = listed.filter((file) => !MADE_ANEW.some((each) => file === each || file.startsWith(each) || `${file}/` === each)).sort()
  const content = new Map<string, Buffer>()
  let total = 0
  // npm lists no links.
  for (const file of files) {
    if (!isPackagePath(`package/${file}`)) throw new FangshiError("PLUGIN_PACKAGE_UNSAFE", { file: plugin, problem: { "zh-CN": `${file} 不能打包`, en: `${file} cannot be packed` } })
    total += statSync(path.join(folder, file)).size
    if (total > MOST_BYTES || content.size >= MOST_FILES) throw new FangshiError("PLUGIN_PACKAGE_UNSAFE", { file: plugin, problem: { "zh-CN": "超过 50 MB 或 5000 个文件", en: "more than 50 MB or 5,000 files" } })
    content.set(file, readFileSync(path.join(folder, file)))
  }
  return content
}

/** Packs a plugin's folder into an npm tarball with its seal, not signed yet; returns where it is. Throws PLUGIN_UNREADABLE, PLUGIN_PACKAGE_UNSAFE. */
export async function packPlugin(folder: string, out?: string): Promise<string> {
  const root = path.resolve(folder)
  const { name, version, fangshi } = readJson(path.join(root, "package.json"), packageJson)
  const manifest = await loadManifest(root)
  if (fangshi?.plugin !== manifest.id) throw unreadable(manifest.id, `package.json 的 fangshi.plugin 要写 ${manifest.id}`, `fangshi.plugin of package.json has to be ${manifest.id}`)
  if (version !== manifest.version) throw unreadable(manifest.id, `package.json 的版本是 ${version}，src/plugin.ts 是 ${manifest.version}`, `package.json has the version ${version}, src/plugin.ts ${manifest.version}`)
  const content = await contentOf(root, manifest.id)
  if (!content.has("src/plugin.ts")) throw unreadable(manifest.id, "package.json 的 files 不包含 src/plugin.ts", "files of package.json leaves out src/plugin.ts")
  const file = path.resolve(out ?? `${name.replace(/^@/, "").replace("/", "-")}-${version}.tgz`)
  writeTarball(withSeal(content, { format: 1, plugin: factsOf(manifest), files: hashesOf(content) }), file)
  return file
}

export async function pack(folder: string, options: { out?: string }): Promise<void> {
  console.log(`✓ ${await packPlugin(folder, options.out)}\n  fangshi plugin sign <tarball> --key <file>`)
}
