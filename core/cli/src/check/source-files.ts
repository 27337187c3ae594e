import { execFile } from "node:child_process"
import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import path from "node:path"
import { promisify } from "node:util"

/** The only folders at the top of the repository. */
export const ROOMS = ["core", "plugins", "themes", "tenants", "admin", "storefront"] as const

/** A file's content under its path relative to the repository, with forward slashes. */
export type SourceText = { path: string; text: string }

const FIXTURES = /(?:^|\/)fixtures\//

/** Every file that git keeps or would keep, relative to rootDir; fixtures, which break rules on purpose, only on request. */
export async function sourceFiles(rootDir: string, options: { fixtures?: boolean } = {}): Promise<string[]> {
  const { stdout } = await promisify(execFile)("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
    cwd: rootDir,
    maxBuffer: 64 * 1024 * 1024,
  })
  return stdout
    .split("\0")
    .filter((file) => file !== "" && (options.fixtures || !FIXTURES.test(file)))
    // A file that is deleted, but not yet so in the index, is listed as well.
    .filter((file) => existsSync(path.join(rootDir, file)))
}

/** Reads text files; one with a NUL byte is a picture or a font and left out. */
export async function readTexts(rootDir: string, files: string[]): Promise<SourceText[]> {
  const texts = await Promise.all(
    files.map(async (file) => ({ path: file, text: await readFile(path.join(rootDir, file), "utf8") })),
  )
  return texts.filter(({ text }) => !text.includes("\0"))
}
