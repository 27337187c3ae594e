import { readFileSync, statSync } from "node:fs"
import path from "node:path"
import { ERRORS, type ErrorCode, type LocalizedText, type SeedCatalogue, type TenantManifest, seedCatalogue, tenantManifest } from "@fangshi/contracts"
import { type Document, LineCounter, isMap, isNode, isScalar, isSeq, parseDocument, visit } from "yaml"
import { z } from "zod"
import { knownPlugins, knownThemes } from "./deployment"
import { FileError, type Place } from "./file-error"
import { catalogueFault, manifestFault } from "./file-faults"

/** Larger than any honest file (a product takes about 1 KiB); parsing takes seconds for each MiB. */
const MOST_BYTES = { MANIFEST_INVALID: 256 * 1024, CATALOGUE_INVALID: 8 * 1024 * 1024 }

type Code = keyof typeof MOST_BYTES
type Read = { document: Document; lines: LineCounter; shown: string; code: Code; value: unknown }

const text = (zh: string, en: string): LocalizedText => ({ "zh-CN": zh, en })

/** Why the YAML parser refused; its own words where none of these fits. */
const YAML_FAULTS: Record<string, LocalizedText> = {
  DUPLICATE_KEY: text("同一个键写了两次", "this key stands twice"),
  TAB_AS_INDENT: text("缩进用了制表符，请改用空格", "tabs cannot indent, use spaces"),
  BAD_INDENT: text("缩进或括号不对", "the indentation or a bracket is wrong"),
  MULTIPLE_DOCS: text("一个文件里只能有一份内容", "only one document a file"),
  RESOURCE_EXHAUSTION: text("嵌套太深", "nested too deeply"),
}

function readYaml(folder: string, name: string, code: Code): Read {
  const shown = `${path.basename(folder)}/${name}`
  const source = readText(path.join(folder, name), shown, MOST_BYTES[code])
  const lines = new LineCounter()
  const document = parseDocument(source, { lineCounter: lines, uniqueKeys: true, logLevel: "error" })
  const fault = document.errors[0]
  if (fault) {
    const words = fault.message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? ""
    throw new FileError(code, { file: shown, line: fault.linePos?.[0].line ?? 1 }, { field: "yaml" }, YAML_FAULTS[fault.code] ?? text(`YAML 写法有误（${words}）`, words))
  }
  const refuse = (offset: number | undefined, problem: LocalizedText) => {
    throw new FileError(code, { file: shown, line: lines.linePos(offset ?? 0).line }, { field: "yaml" }, problem)
  }
  visit(document, {
    // A few nested aliases unfold to gigabytes, or to a ring.
    Alias: (_key, node) => refuse(node.range?.[0], text(`不支持别名 *${node.source}，请写出全部内容`, `aliases are not read; write out what *${node.source} stands for`)),
    // Postgres stores neither; it would refuse them only when half of the shop is written.
    Scalar: (_key, node) => {
      if (typeof node.value === "string" && UNSTORABLE.test(node.value)) refuse(node.range?.[0], text("含有控制字符", "contains control characters"))
    },
  })
  return { document, lines, shown, code, value: document.toJS({ maxAliasCount: 0 }) as unknown }
}

const UNSTORABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]|\p{Surrogate}/u

function readText(file: string, shown: string, most: number): string {
  const refuse = (zh: string, en: string, line?: number) => new FileError("MANIFEST_UNREADABLE", { file: shown, ...(line ? { line } : {}) }, {}, text(zh, en))
  let bytes: Buffer
  try {
    const stat = statSync(file)
    if (!stat.isFile()) throw refuse("不是文件", "not a file")
    if (stat.size > most) throw refuse(`${(stat.size / 1024).toFixed(0)} KiB，最多 ${most / 1024} KiB`, `${(stat.size / 1024).toFixed(0)} KiB, at most ${most / 1024} KiB`)
    bytes = readFileSync(file)
  } catch (error) {
    if (error instanceof FileError) throw error
    const { code = String(error) } = error as NodeJS.ErrnoException
    throw code === "ENOENT" ? refuse("没有这个文件", "not found") : refuse(code, code)
  }
  const decoder = new TextDecoder("utf-8", { fatal: true })
  try {
    return decoder.decode(bytes)
  } catch {
    throw refuse("不是 UTF-8", "not UTF-8", firstUndecodable(bytes))
  }
}

/** The line at which a file stops being UTF-8. */
function firstUndecodable(bytes: Buffer): number {
  let line = 1
  for (let from = 0; from < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, from)
    const next = end < 0 ? bytes.length : end + 1
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(from, next))
    } catch {
      return line
    }
    from = next
  }
  return line
}

/** The line of the field's key, or of the nearest thing around it that is written down. */
function placeOf({ document, lines, shown }: Read, fieldPath: PropertyKey[]): Place {
  let node: unknown = document.contents
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0
  for (const name of fieldPath) {
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(name)) : null
    const mark = pair ? pair.key : isSeq(node) ? node.items[Number(name)] : null
    if (!isNode(mark)) break
    offset = mark.range?.[0] ?? offset
    node = pair ? pair.value : mark
  }
  return { file: shown, line: lines.linePos(offset).line }
}

/** Errors of ids and hosts that the schema names by their code, and the parameter that holds the value. */
const VALUE_OF: Partial<Record<ErrorCode, string>> = { TENANT_ID_INVALID: "tenant", TENANT_ID_RESERVED: "tenant", HOST_INVALID: "host" }

function validate<S extends z.ZodType>(read: Read, schema: S): z.output<S> {
  const parsed = schema.safeParse(read.value)
  if (parsed.success) return parsed.data
  const { issues } = parsed.error
  // A misspelt key shows up as a missing one as well; what was written says more.
  const index = Math.max(0, issues.findIndex(({ code }) => code === "unrecognized_keys"))
  const issue = issues[index]
  const at = issue?.code === "unrecognized_keys" ? [...issue.path, issue.keys[0] ?? ""] : (issue?.path ?? [])
  const place = placeOf(read, at)
  const message = issue?.message ?? "invalid"
  if (message in ERRORS) {
    const code = message as ErrorCode
    const value = at.reduce<unknown>((inside, name) => (inside as Record<PropertyKey, unknown> | null)?.[name], read.value)
    throw new FileError(code, place, { [VALUE_OF[code] ?? "value"]: String(value).slice(0, 253) })
  }
  const chinese = schema.safeParse(read.value, { error: z.locales.zhCN().localeError }).error?.issues[index]?.message ?? message
  throw new FileError(read.code, place, { field: at.map(String).join(".") || "(root)" }, text(chinese, message))
}

/** Reads and checks tenants/<id>/tenant.yaml. Throws MANIFEST_UNREADABLE, MANIFEST_INVALID, TENANT_ID_INVALID, TENANT_ID_RESERVED, HOST_INVALID, HOST_DUPLICATE, THEME_UNKNOWN, PLUGIN_UNKNOWN, each with file and line. */
export function readManifest(folder: string): TenantManifest {
  const { read, manifest } = readChecked(folder)
  assertDeployed(read, manifest)
  return manifest
}

/** As readManifest, of a shop that comes with the platform: it opens without the trades this deployment leaves out. */
export function readDemoManifest(folder: string): TenantManifest {
  const { read, manifest } = readChecked(folder)
  const deployed = { ...manifest, plugins: manifest.plugins.filter((plugin) => knownPlugins().includes(plugin)) }
  assertDeployed(read, deployed)
  return deployed
}

function readChecked(folder: string): { read: Read; manifest: TenantManifest } {
  const read = readYaml(folder, "tenant.yaml", "MANIFEST_INVALID")
  const manifest = validate(read, tenantManifest)
  const name = path.basename(folder)
  if (manifest.id !== name) throw new FileError("MANIFEST_INVALID", placeOf(read, ["id"]), { field: "id" }, text(`必须与文件夹同名：${name}`, `must be ${name}, the folder's name`))
  const twice = manifest.hosts.findIndex((host, i) => manifest.hosts.indexOf(host) !== i)
  if (twice >= 0) throw new FileError("HOST_DUPLICATE", placeOf(read, ["hosts", twice]), { host: manifest.hosts[twice] ?? "" })
  const fault = manifestFault(manifest)
  if (fault) throw new FileError("MANIFEST_INVALID", placeOf(read, fault.at), { field: fault.at.map(String).join(".") }, fault.problem)
  return { read, manifest }
}

/** A shop whose theme or plugin is not there would open all the same, looking and trading otherwise than its file says. */
function assertDeployed(read: Read, { theme, plugins }: TenantManifest) {
  const [themes, packages] = [knownThemes(), knownPlugins()]
  if (!themes.includes(theme)) throw new FileError("THEME_UNKNOWN", placeOf(read, ["theme"]), { theme, known: themes.join(", ") })
  const unknown = plugins.findIndex((plugin) => !packages.includes(plugin))
  if (unknown >= 0) throw new FileError("PLUGIN_UNKNOWN", placeOf(read, ["plugins", unknown]), { plugin: plugins[unknown] ?? "", known: packages.join(", ") || "–" })
}

/** Reads and checks the catalogue a manifest names, or null where it names none. Throws MANIFEST_UNREADABLE, CATALOGUE_INVALID, with file and line. */
export function readCatalogue(folder: string, manifest: TenantManifest): SeedCatalogue | null {
  if (!manifest.catalogue) return null
  const read = readYaml(folder, manifest.catalogue, "CATALOGUE_INVALID")
  const catalogue = validate(read, seedCatalogue)
  const fault = catalogueFault(catalogue)
  if (fault) throw new FileError("CATALOGUE_INVALID", placeOf(read, fault.at), { field: fault.at.map(String).join(".") }, fault.problem)
  return catalogue
}

/** Where a field of a tenant's tenant.yaml stands. */
export const manifestPlace = (folder: string, fieldPath: PropertyKey[]): Place => placeOf(readYaml(folder, "tenant.yaml", "MANIFEST_INVALID"), fieldPath)
