import { execFile } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import path from "node:path"
import { promisify } from "node:util"
import { FangshiError, pluginId } from "@fangshi/contracts"
import { SOURCE_LINK } from "@fangshi/server/src/plugin-host/signing/package-files"
import { REPOSITORY } from "@fangshi/server/src/settings"

const TEMPLATE = path.resolve(__dirname, "../../templates/plugin")
const OWN = path.join(REPOSITORY, "plugins")
/** The composition root, where each plugin of the repository has its line. */
const ROOT = path.join(REPOSITORY, "core/server/src/plugins.ts")

export type NewPlugin = { dir?: string; title?: string; titleEn?: string }

/** Throws REQUEST_INVALID with the option, PLUGIN_EXISTS. */
function assertPossible(id: string, { title, titleEn }: NewPlugin, folder: string) {
  if (!pluginId.safeParse(id).success) throw new FangshiError("REQUEST_INVALID", { field: "id" })
  if (existsSync(folder)) throw new FangshiError("PLUGIN_EXISTS", { plugin: id })
  for (const [field, value] of Object.entries({ title, "title-en": titleEn })) if (value !== undefined && !/^[^"\\\n]{1,60}$/.test(value)) throw new FangshiError("REQUEST_INVALID", { field })
}

function wordsFor(id: string, { title, titleEn }: NewPlugin): Record<string, string> {
  const pascal = id.split("-").map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join("")
  return {
    id,
    snake: id.replaceAll("-", "_"),
    upper: id.replaceAll("-", "_").toUpperCase(),
    pascal,
    camel: pascal.charAt(0).toLowerCase() + pascal.slice(1),
    prefix: id.replaceAll("-", "").slice(0, 8),
    title: title ?? id,
    title_en: titleEn ?? title ?? id,
  }
}

/** Writes a plugin that runs, is tested and may be changed: model, migration, service, routes, event, slot, texts, settings. Returns its folder. */
export function writePlugin(id: string, options: NewPlugin = {}): string {
  const folder = path.resolve(options.dir ?? path.join(OWN, id))
  assertPossible(id, options, folder)
  const words = wordsFor(id, options)
  const filled = (text: string) => text.replace(/%([a-z_]+)%/g, (_, word: string) => words[word] ?? "")
  try {
    for (const file of readdirSync(TEMPLATE, { recursive: true, encoding: "utf8" }).filter((each) => each.endsWith(".txt"))) {
      const target = path.join(folder, filled(file.slice(0, -".txt".length)))
      mkdirSync(path.dirname(target), { recursive: true })
      writeFileSync(target, filled(readFileSync(path.join(TEMPLATE, file), "utf8")), { flag: "wx" })
    }
    mkdirSync(path.join(folder, path.dirname(SOURCE_LINK.file)), { recursive: true })
    symlinkSync(SOURCE_LINK.target, path.join(folder, SOURCE_LINK.file), "junction")
    // Elsewhere nothing else would lead to the platform's packages.
    if (path.relative(REPOSITORY, folder).startsWith("..")) symlinkSync(path.join(REPOSITORY, "node_modules"), path.join(folder, "node_modules"), "junction")
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
  return folder
}

/** The composition root with one line more. */
export const withLine = (source: string, name: string): string => source.replace(/(= \[)\n?([^\]]*?)(\]\s*)$/, (_, open: string, lines: string, close: string) => `${open}\n${lines}  "${name}",\n${close}`)

/** Makes a plugin; one in plugins/ becomes part of the workspace and gets its line in the composition root. */
export async function newPlugin(id: string, options: NewPlugin): Promise<void> {
  const folder = writePlugin(id, options)
  console.log(`✓ ${folder}`)
  if (path.dirname(folder) === OWN) {
    writeFileSync(`${ROOT}.part`, withLine(readFileSync(ROOT, "utf8"), `@fangshi/plugin-${id}`))
    renameSync(`${ROOT}.part`, ROOT)
    const npm = process.env.npm_execpath
    const install = ["install", "--ignore-scripts", "--no-audit", "--no-fund"]
    await promisify(execFile)(npm ? process.execPath : "npm", npm ? [npm, ...install] : install, { cwd: REPOSITORY })
    // npm has just installed what the lock file says: the next command need not do it again.
    rmSync(path.join(REPOSITORY, "node_modules/.fangshi-lock"), { force: true })
  }
  const place = path.dirname(folder) === OWN ? id : folder
  console.log(`  npm run fangshi -- plugin test ${place}\n  npm run fangshi -- dev --plugin ${place}\n  npm run fangshi -- tenant activate <shop> ${id}`)
}
