import { execFile } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import path from "node:path"
import { promisify } from "node:util"
import { FangshiError } from "@fangshi/contracts"
import { REPOSITORY } from "@fangshi/server/src/settings"
import { knownThemes } from "@fangshi/server/src/tenants/deployment"

const TEMPLATE = path.resolve(__dirname, "../../templates/theme")

export type NewTheme = { extends: string; title?: string; titleEn?: string; primary: string; accent: string }

/** Throws THEME_NAME_INVALID, THEME_EXISTS, THEME_UNKNOWN for one to extend that is not there, and REQUEST_INVALID with the option. */
function assertPossible(name: string, { extends: parent, primary, accent, title, titleEn }: NewTheme, themes: string) {
  const known = knownThemes(themes)
  if (!/^[a-z][a-z0-9-]{0,38}[a-z0-9]$/.test(name)) throw new FangshiError("THEME_NAME_INVALID", { theme: name.slice(0, 60) })
  if (existsSync(path.join(themes, name))) throw new FangshiError("THEME_EXISTS", { theme: name })
  if (!known.includes(parent)) throw new FangshiError("THEME_UNKNOWN", { theme: parent.slice(0, 60), known: known.join(", ") })
  for (const [field, value] of Object.entries({ primary, accent })) if (!/^#[0-9a-f]{6}$/i.test(value)) throw new FangshiError("REQUEST_INVALID", { field })
  for (const [field, value] of Object.entries({ title, "title-en": titleEn })) if (value !== undefined && !/^[^"\\\n]{1,60}$/.test(value)) throw new FangshiError("REQUEST_INVALID", { field })
}

/** Writes a theme that can be chosen, looked at and changed: package, look, manifest with a section of its own, style sheet, texts. Returns its files. */
export function writeTheme(name: string, options: NewTheme, themes = path.join(REPOSITORY, "themes")): string[] {
  assertPossible(name, options, themes)
  const words: Record<string, string> = {
    name,
    parent: options.extends,
    prefix: name.replaceAll("-", ""),
    title: options.title ?? name,
    title_en: options.titleEn ?? options.title ?? name,
    primary: options.primary.toLowerCase(),
    accent: options.accent.toLowerCase(),
  }
  const folder = path.join(themes, name)
  const files = readdirSync(TEMPLATE, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".txt")).sort()
  try {
    for (const file of files) {
      const target = path.join(folder, file.slice(0, -".txt".length))
      mkdirSync(path.dirname(target), { recursive: true })
      writeFileSync(target, readFileSync(path.join(TEMPLATE, file), "utf8").replace(/__([a-z_]+)__/g, (_, word: string) => words[word] ?? ""), { flag: "wx" })
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
  return files.map((file) => path.join("themes", name, file.slice(0, -".txt".length)))
}

/** Makes a theme and takes it into the workspace and the lock file. */
export async function newTheme(name: string, options: NewTheme): Promise<void> {
  for (const file of writeTheme(name, options)) console.log(`+ ${file}`)
  const npm = process.env.npm_execpath
  const install = ["install", "--ignore-scripts", "--no-audit", "--no-fund"]
  await promisify(execFile)(npm ? process.execPath : "npm", npm ? [npm, ...install] : install, { cwd: REPOSITORY })
  // npm has just installed what the lock file says: the next command need not do it again.
  rmSync(path.join(REPOSITORY, "node_modules/.fangshi-lock"), { force: true })
  console.log(`✓ ${name}\n  tenants/<id>/tenant.yaml: theme: ${name}\n  npm run gallery -- ${name}`)
}
