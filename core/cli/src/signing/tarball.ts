import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { gunzipSync } from "node:zlib"
import { FangshiError } from "@fangshi/contracts"
import { Parser, type ReadEntry, create } from "tar"

/** Files of a package by path, without npm's folder package/ around them. */
export type PackageContent = ReadonlyMap<string, Buffer>

/** The largest a package may be, unpacked as packed. */
export const MOST_BYTES = 50 * 1024 * 1024
export const MOST_FILES = 5_000
/** Of a path, so that it can be written everywhere. */
const LONGEST_PATH = 240
/** Around each file a tarball has a header of 512 bytes, filling up to 512, and for long names two more headers. */
const MOST_UNZIPPED = MOST_BYTES + MOST_FILES * 4 * 512

const FILE_TYPES = new Set(["File", "OldFile", "ContiguousFile"])
/** Says something about the next entry and is none itself. */
const NOTES = new Set(["ExtendedHeader", "GlobalExtendedHeader", "NextFileHasLongPath", "OldGnuLongPath"])

/** npm dates every file so: an archive of the same files is the same archive. */
const DATE = new Date("1985-10-26T08:15:00.000Z")

/** A tarball as it is. Throws PLUGIN_FILE_UNREADABLE, PLUGIN_PACKAGE_UNSAFE. */
export function readBytes(file: string): Buffer {
  const size = statSync(file, { throwIfNoEntry: false })?.size
  if (size === undefined) throw new FangshiError("PLUGIN_FILE_UNREADABLE", { file, problem: { "zh-CN": "没有这个文件", en: "not found" } })
  if (size > MOST_BYTES) throw tooLarge(path.basename(file))
  return readFileSync(file)
}

/** The files of a tarball. Throws what readBytes and unpack throw. */
export const readTarball = (file: string): PackageContent => unpack(readBytes(file), path.basename(file))

/**
 * Unpacks into memory, and nothing onto the disk; `name` is how the package is called in an error. Throws
 * PLUGIN_FILE_UNREADABLE, and PLUGIN_PACKAGE_UNSAFE for more than 50 MB or 5,000 files, a link, a device, a path that leads
 * outside, or one that is there twice.
 */
export function unpack(bytes: Buffer, name: string): PackageContent {
  if (bytes.length > MOST_BYTES) throw tooLarge(name)
  const content = new Map<string, Buffer>()
  const seen = new Set<string>()
  let problem: FangshiError | null = null
  let total = 0
  const parser = new Parser({ strict: true })
  parser.on("entry", (entry: ReadEntry) => {
    total += entry.size
    problem ??= total > MOST_BYTES || content.size >= MOST_FILES ? tooLarge(name) : problemOf(entry, seen, name)
    if (problem || entry.type === "Directory") return void entry.resume()
    const parts: Buffer[] = []
    entry.on("data", (part) => parts.push(part))
    entry.on("end", () => content.set(inside(entry.path), Buffer.concat(parts)))
  })
  parser.on("ignoredEntry", (entry: ReadEntry) => {
    if (!NOTES.has(entry.type)) problem ??= unsafe(name, `有不认识的条目 ${shown(entry.path)}`, `an entry of an unknown kind, ${shown(entry.path)}`)
  })
  try {
    // All at once and never more: what would unzip to gigabytes ends here.
    parser.end(gunzipSync(bytes, { maxOutputLength: MOST_UNZIPPED }))
  } catch (error) {
    if ((error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(name)
    if (problem === null) throw unreadable(name)
  }
  if (problem !== null) throw problem as FangshiError
  if (!content.size) throw unreadable(name)
  return content
}

/** Whatever npm calls the folder around a package, it is left out. */
const inside = (entry: string) => entry.slice(entry.indexOf("/") + 1)

function problemOf(entry: ReadEntry, seen: Set<string>, name: string): FangshiError | null {
  if (entry.type === "Directory") return null
  if (!FILE_TYPES.has(entry.type)) return unsafe(name, `${shown(entry.path)} 不是普通文件`, `${shown(entry.path)} is no ordinary file`)
  if (!isPackagePath(entry.path)) return unsafe(name, `路径 ${shown(entry.path)} 不可用`, `the path ${shown(entry.path)} cannot be used`)
  // Some disks do not know A from a, nor two ways to write é: the second would replace the first.
  const same = entry.path.normalize("NFC").toLowerCase()
  if (seen.has(same)) return unsafe(name, `${shown(entry.path)} 出现了两次`, `${shown(entry.path)} is there twice`)
  seen.add(same)
  return null
}

/** A relative path of plain parts with a folder around it. */
export function isPackagePath(file: string): boolean {
  const parts = file.split("/")
  if (file.length > LONGEST_PATH || /[\\:\u0000-\u001f]/.test(file)) return false
  return parts.length > 1 && parts.every((part) => part !== "" && part !== "." && part !== ".." && part !== "__proto__")
}

const shown = (file: string) => file.slice(0, 80)
const unsafe = (file: string, zh: string, en: string) => new FangshiError("PLUGIN_PACKAGE_UNSAFE", { file, problem: { "zh-CN": zh, en } })
const tooLarge = (file: string) => unsafe(file, "超过 50 MB 或 5000 个文件", "more than 50 MB or 5,000 files")
const unreadable = (file: string) => new FangshiError("PLUGIN_FILE_UNREADABLE", { file, problem: { "zh-CN": "不是完整的 npm 软件包", en: "not a whole npm package" } })

/** Writes files into a folder that is not there yet. */
export function writeFiles(content: PackageContent, folder: string): void {
  for (const [file, bytes] of content) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    writeFileSync(path.join(folder, file), bytes, { flag: "wx", mode: 0o644 })
  }
}

/** Writes an npm tarball, whole or not at all. The same files make the same bytes, on every machine. */
export function writeTarball(content: PackageContent, out: string): void {
  const folder = mkdtempSync(path.join(tmpdir(), "fangshi-pack-"))
  try {
    writeFiles(content, path.join(folder, "package"))
    mkdirSync(path.dirname(out), { recursive: true })
    create({ file: `${out}.part`, cwd: folder, gzip: true, portable: true, mtime: DATE, sync: true }, [...content.keys()].sort().map((file) => `package/${file}`))
    renameSync(`${out}.part`, out)
  } finally {
    rmSync(folder, { recursive: true, force: true })
    rmSync(`${out}.part`, { force: true })
  }
}
