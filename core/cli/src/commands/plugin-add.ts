import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import path from "node:path"
import { FangshiError, PluginManifestFault, definePlugin } from "@fangshi/contracts"
import { type InstalledPlugin, installedRoot, listFileOf, readInstalled } from "@fangshi/server/src/plugin-host/installed"
import { SOURCE_LINK } from "@fangshi/server/src/plugin-host/signing/package-files"
import type { Seal, Trust } from "@fangshi/server/src/plugin-host/signing/seal"
import { readTrust, trustFileOf } from "@fangshi/server/src/plugin-host/signing/trust"
import { verifyInstalled } from "@fangshi/server/src/plugin-host/signing/verify-installed"
import { REPOSITORY, dataDirectory } from "@fangshi/server/src/settings"
import { gt, satisfies } from "semver"
import { fetchFromFolder, integrityOf } from "../signing/folder-registry"
import { fetchFromNpm, npm } from "../signing/npm"
import { type PackageJson, findSeal, packageJsonOf, packageName, verifyPackage } from "../signing/plugin-package"
import { type PackageContent, readBytes, unpack, writeFiles } from "../signing/tarball"
import { alone, writeJson } from "../signing/write-json"
import { isAddress } from "./plugin-publish"
import { CLASSES, type Finding, findUnswitchable } from "./plugin-unswitchable"

export type AddOptions = { from?: string; plain?: boolean }

const unreadable = (plugin: string, zh: string, en: string) => new FangshiError("PLUGIN_UNREADABLE", { plugin, problem: { "zh-CN": zh, en } })

/** name, or name@version, as npm takes it from a registry: no address, no folder. */
function specOf(text: string): { name: string; version?: string } {
  const at = text.indexOf("@", 1)
  const [name, version] = at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
  if (!packageName.safeParse(name).success || (version !== undefined && !/^[\w.^~>=<*+-]{1,60}$/.test(version))) throw new FangshiError("REQUEST_INVALID", { field: "package" })
  return { name, version }
}

async function fetchPackage(what: string, from: string | undefined): Promise<{ content: PackageContent; hash: string }> {
  const content = (bytes: Buffer) => ({ content: unpack(bytes, path.basename(what)), hash: Buffer.from(integrityOf(bytes).slice(7), "base64").toString("hex").slice(0, 12) })
  if (/\.tgz$/.test(what)) return content(readBytes(what))
  const { name, version } = specOf(what)
  if (from !== undefined && !isAddress(from)) return content(fetchFromFolder(from, name, version))
  return content(await fetchFromNpm(what, from))
}

/** The platform's version, against which a manifest's `core` is held. */
const coreVersion = () => (JSON.parse(readFileSync(path.join(REPOSITORY, "core/server/package.json"), "utf8")) as { version: string }).version

/** Before it is written anywhere: would the host take it? Throws PLUGIN_UNREADABLE, PLUGIN_CORE_UNFIT. */
function assertFits(seal: Seal) {
  const { id } = seal.plugin
  try {
    const { core } = definePlugin(seal.plugin as unknown as Parameters<typeof definePlugin>[0])
    if (!satisfies(coreVersion(), core, { includePrerelease: true })) throw new FangshiError("PLUGIN_CORE_UNFIT", { plugin: id, range: core, core: coreVersion() })
  } catch (error) {
    if (error instanceof PluginManifestFault) throw unreadable(id, `${error.path}：${error.problem["zh-CN"]}`, `${error.path}: ${error.problem.en}`)
    throw error
  }
}

/** A package of the platform's own, of which there may only be one in a process. */
const SHARED = /^(?:@medusajs|@fangshi)\/|^react(?:-dom)?$/

/** Packages a plugin asks for that the platform does not bring in that version. */
function missingOf({ dependencies }: PackageJson): [string, string][] {
  return Object.entries(dependencies).filter(([name, range]) => {
    const file = path.join(REPOSITORY, "node_modules", name, "package.json")
    if (!packageName.safeParse(name).success || !existsSync(file)) return true
    return !satisfies((JSON.parse(readFileSync(file, "utf8")) as { version: string }).version, range, { includePrerelease: true })
  })
}

/** What npm would have put beside a plain plugin: without scripts, and never a second Medusa. */
async function installMissing(json: PackageJson, folder: string) {
  const missing = missingOf(json).filter(([name]) => !SHARED.test(name))
  if (!missing.length) return
  const beside = mkdtempSync(path.join(path.dirname(folder), ".npm-"))
  try {
    writeFileSync(path.join(beside, "package.json"), JSON.stringify({ private: true, dependencies: Object.fromEntries(missing) }))
    await npm(["install", "--omit=dev", "--legacy-peer-deps", "--no-package-lock"], beside)
    renameSync(path.join(beside, "node_modules"), path.join(folder, "node_modules"))
  } finally {
    rmSync(beside, { recursive: true, force: true })
  }
}

type Verified = { content: PackageContent; json: PackageJson; seal: Seal | null }

/** Decides whether a package may be installed at all. Throws what verifyPackage throws; PLUGIN_UNSEALED for a plain one without --plain, and for one with a manifest, which has to be sealed. */
function assertAllowed(content: PackageContent, trust: Trust, plain: boolean): Verified {
  const json = packageJsonOf(content)
  if (findSeal(content)) {
    const seal = verifyPackage(content, trust)
    assertFits(seal)
    const [missing] = missingOf(json)
    if (missing) throw new FangshiError("PLUGIN_NEED_UNMET", { plugin: seal.plugin.id, needed: missing.join(" "), found: "–" })
    return { content, json, seal }
  }
  if (!plain || json.fangshi || content.has("src/plugin.ts")) throw new FangshiError("PLUGIN_UNSEALED", { plugin: json.name })
  if (![...content.keys()].some((file) => /^(?:\.medusa\/server\/)?src\//.test(file))) throw unreadable(json.name, "不是 Medusa 插件：没有 .medusa/server/src", "no Medusa plugin: there is no .medusa/server/src")
  return { content, json, seal: null }
}

/** Throws PLUGIN_DOWNGRADE, also against what was removed since, PLUGIN_CONFLICT where another package has the id, and PLUGIN_UNSEALED where the version before was sealed. */
function assertNewer(dataDir: string, id: string, { json: { name, version }, seal }: Verified) {
  const { plugins, highest } = readInstalled(dataDir)
  const seen = Object.hasOwn(highest, id) ? highest[id] : undefined
  if (seen && gt(seen, version)) throw new FangshiError("PLUGIN_DOWNGRADE", { plugin: id, installed: seen, version })
  const before = plugins.find((each) => each.id === id)
  if (before && before.package !== name) throw new FangshiError("PLUGIN_CONFLICT", { what: "id", name: id, one: before.package, other: name })
  if (before?.sealed && !seal) throw new FangshiError("PLUGIN_UNSEALED", { plugin: id })
}

/** Modules that a plugin imports are the platform's, wherever the data folder is. */
function linkPackages(dataDir: string) {
  const link = path.join(installedRoot(dataDir), "node_modules")
  if (!path.relative(REPOSITORY, dataDir).startsWith("..") || existsSync(link)) return
  symlinkSync(path.join(REPOSITORY, "node_modules"), link, "junction")
}

/** Writes a version into a folder of its own and renames it into place; nobody loads it before it is on the list. */
async function unpackInto(dataDir: string, folder: string, { content, json, seal }: Verified, trust: Trust) {
  const root = installedRoot(dataDir)
  const staging = mkdtempSync(path.join(root, ".new-"))
  const [made, target] = [path.join(staging, "package"), path.join(root, folder)]
  try {
    writeFiles(content, made)
    if (!existsSync(path.join(made, SOURCE_LINK.file)) && existsSync(path.join(made, "src"))) {
      mkdirSync(path.join(made, path.dirname(SOURCE_LINK.file)), { recursive: true })
      symlinkSync(SOURCE_LINK.target, path.join(made, SOURCE_LINK.file), "junction")
    }
    if (seal) verifyInstalled(made, trust)
    else await installMissing(json, made)
    mkdirSync(path.dirname(target), { recursive: true })
    if (existsSync(target)) renameSync(target, path.join(staging, "replaced"))
    renameSync(made, target)
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}

/** A running host may still load from the version that was replaced; those before it go. */
function removeOlder(dataDir: string, id: string, keep: (string | undefined)[]) {
  const folder = path.join(installedRoot(dataDir), id)
  for (const version of readdirSync(folder)) if (!keep.includes(path.posix.join(id, version))) rmSync(path.join(folder, version), { recursive: true, force: true })
}

export type Added = { plugin: InstalledPlugin; findings: Finding[] }

/** Fetches, verifies and installs a plugin, whole or not at all; the host loads it at its next start. Throws what its steps throw. */
export async function addPlugin(what: string, options: AddOptions = {}, dataDir = dataDirectory()): Promise<Added> {
  const trust = readTrust(trustFileOf(dataDir))
  const { content, hash } = await fetchPackage(what, options.from)
  const verified = assertAllowed(content, trust, options.plain ?? false)
  const { json, seal } = verified
  const id = seal?.plugin.id ?? json.name
  return await alone(installedRoot(dataDir), async () => {
    assertNewer(dataDir, id, verified)
    const folder = path.posix.join(id, `${json.version}-${hash}`)
    linkPackages(dataDir)
    await unpackInto(dataDir, folder, verified, trust)
    const { plugins, highest } = readInstalled(dataDir)
    const plugin: InstalledPlugin = { id, package: json.name, version: json.version, sealed: seal !== null, folder }
    const before = plugins.find((each) => each.id === id)
    writeJson(listFileOf(dataDir), { plugins: [...plugins.filter((each) => each !== before), plugin].sort((a, b) => (a.id < b.id ? -1 : 1)), highest: { ...highest, [id]: json.version } })
    removeOlder(dataDir, id, [folder, before?.folder])
    return { plugin, findings: findUnswitchable(content) }
  })
}

export async function add(what: string, options: AddOptions): Promise<void> {
  const { plugin, findings } = await addPlugin(what, options)
  for (const { because, file, line } of findings) console.log(`! ${file}:${line}  ${CLASSES[because]["zh-CN"]} ${CLASSES[because].en}`)
  if (!plugin.sealed) console.log("! 没有签名：平台不知道它来自谁 not signed: nobody vouches for where it comes from")
  console.log(`✓ ${plugin.id}@${plugin.version}  下次启动时加载 loaded at the next start`)
}
