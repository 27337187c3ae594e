import { createHash } from "node:crypto"
import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, readlinkSync, rmSync, statSync, symlinkSync } from "node:fs"
import path from "node:path"
import { nodeProgram } from "./run-program.mjs"
import { run, step } from "./steps.mjs"
import { digest, isStamped, writeStamp } from "./stamps.mjs"

/** Which commands need the shop pages built. */
const NEEDS_STOREFRONT = new Set(["start", "test", "bench", "proof"])

/** Brings a clone to where `command` can run; does nothing that is done already. */
export async function prepare(root, command) {
  await step("安装依赖 Install packages", "检查网络后重新运行 Check the network and run it again: npm ci", () => install(root))
  await step("链接插件 Link plugins", "检查 plugins/ 的写权限 Check that plugins/ is writable", () => linkPlugins(root))
  if (NEEDS_STOREFRONT.has(command)) await step("构建商城页面 Build storefront", "修改后重新运行 Mend it and run again", () => buildStorefront(root))
}

/** What node_modules has to match. */
export const installStamp = (root, platform = `${process.platform}-${process.arch}`) =>
  createHash("sha256").update(readFileSync(path.join(root, "package-lock.json"))).update(platform).digest("hex")

/** npm's own record of an install, when it is newer than the lock file: somebody has run npm ci by hand. */
function installedByHand(root) {
  const record = path.join(root, "node_modules", ".package-lock.json")
  return existsSync(record) && statSync(record).mtimeMs >= statSync(path.join(root, "package-lock.json")).mtimeMs
}

async function install(root) {
  const stampFile = path.join(root, "node_modules", ".fangshi-lock")
  const wanted = installStamp(root)
  if (isStamped(stampFile, wanted)) return false
  if (!existsSync(stampFile) && installedByHand(root)) {
    writeStamp(stampFile, wanted)
    return false
  }
  const npm = process.env.npm_execpath
  const [program, first] = npm ? [process.execPath, [npm]] : [process.platform === "win32" ? "npm.cmd" : "npm", []]
  await run(root, "install", program, [...first, "ci"])
  writeStamp(stampFile, wanted)
  return true
}

/** Medusa loads a plugin from .medusa/server/src; the link lets it load TypeScript straight from src. Returns false when all links were there. */
export function linkPlugins(root) {
  let made = 0
  for (const parent of ["plugins", "core/testing/fixtures"]) {
    const folder = path.join(root, parent)
    if (!existsSync(folder)) continue
    for (const name of readdirSync(folder)) {
      const plugin = path.join(folder, name)
      if (!existsSync(path.join(plugin, "src")) || !existsSync(path.join(plugin, "package.json"))) continue
      made += linkSource(plugin) ? 1 : 0
    }
  }
  return made > 0
}

function linkSource(plugin) {
  const link = path.join(plugin, ".medusa", "server", "src")
  const target = path.join("..", "..", "src")
  const there = lstatSync(link, { throwIfNoEntry: false })
  if (there?.isSymbolicLink() && readlinkSync(link) === target) return false
  rmSync(link, { recursive: true, force: true })
  mkdirSync(path.dirname(link), { recursive: true })
  symlinkSync(target, link, "junction")
  return true
}

/** What of a plugin its parts in the pages may be made of; a plugin without such parts changes no page. */
const SHOWN = ["package.json", "src/storefront", "src/contract", "src/locales"]

function shownParts(root, added) {
  const own = path.join(root, "plugins")
  const folders = [...(existsSync(own) ? readdirSync(own).map((name) => path.join("plugins", name)) : []), ...added.map((each) => path.relative(root, each))]
  return folders.filter((folder) => existsSync(path.join(root, folder, "src/storefront"))).flatMap((folder) => SHOWN.map((part) => path.join(folder, part)))
}

/** Packages that the operator adds: by FANGSHI_PLUGINS and by `fangshi plugin add`. */
function addedPlugins(root) {
  const data = path.resolve(process.env.FANGSHI_DATA || path.join(root, ".data"))
  const list = path.join(data, "plugins.json")
  const installed = existsSync(list) ? JSON.parse(readFileSync(list, "utf8")).plugins.map(({ folder }) => path.join(data, "plugins", folder)) : []
  return [...(process.env.FANGSHI_PLUGINS ?? "").split(",").map((each) => each.trim()).filter(Boolean), ...installed]
}

async function buildStorefront(root) {
  const stampFile = path.join(root, ".data", "stamps", "storefront")
  const added = addedPlugins(root)
  const sources = digest(root, ["storefront", "themes", "core/contracts/src", "package-lock.json", ...shownParts(root, added)])
  const wanted = [sources, ...added].join(" ")
  if (isStamped(stampFile, wanted) && existsSync(path.join(root, "storefront/app/build/server/index.js"))) return false
  await run(root, "build-storefront", nodeProgram(root), [path.join(root, "node_modules/@react-router/dev/bin.js"), "build", path.join(root, "storefront/app")], { NODE_ENV: "production", FANGSHI_PLUGINS: added.join(",") })
  writeStamp(stampFile, wanted)
  return true
}
