import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import path from "node:path"
import { LOCALES, type Locale } from "@fangshi/contracts"
import { askedKey, type Dictionary, dictionaryProblems, flattenTexts } from "./dictionary"
import { errorTextProblems } from "./error-texts"
import type { CheckStep } from "./findings"
import { readTexts, type SourceText, sourceFiles } from "./source-files"

const LOCALE_FILE = new RegExp(`^(.*)/locales/(?:${LOCALES.join("|")})\\.json$`)
const INTERFACE_CODE = /^(?:storefront|themes|plugins|admin)\/.*\.tsx?$/
const TEST_CODE = /\/test\/|\.spec\.tsx?$/
// t("cart.title") and <Trans i18nKey="cart.title">; a key put together at run time cannot be seen here.
const KEY_IN_CODE = /(?:\bt\(\s*|\bi18nKey=\{?)(["'`])([^"'`$\s]+)\1/g

/** Every text in every language, and every key that code visibly asks for. */
export const translationsStep: CheckStep = {
  name: "translations",
  async run(rootDir) {
    const files = await sourceFiles(rootDir)
    const homes = [...new Set(files.flatMap((file) => LOCALE_FILE.exec(file)?.[1] ?? []))]
    const read = await Promise.all(homes.map((home) => readHome(rootDir, home)))
    const code = await readTexts(rootDir, files.filter((file) => INTERFACE_CODE.test(file) && !TEST_CODE.test(file)))
    const known = new Map(read.map(({ home, dictionaries }) => [home, LOCALES.flatMap((locale) => Object.keys(dictionaries[locale]))]))
    return { problems: [...errorTextProblems(), ...read.flatMap(({ problems }) => problems), ...keysUnknownToOwner(code, known)] }
  },
}

const PLUGIN = /^plugins\/[^/]+\//
const ownerOf = (file: string) => PLUGIN.exec(file)?.[0] ?? ""

/** A plugin knows only its own words, and nobody else knows them: it is there without the shop's, and the shop without it. `known`: the keys of each folder of locales. */
export function keysUnknownToOwner(code: SourceText[], known: ReadonlyMap<string, string[]>): string[] {
  const owners = [...new Set(code.map(({ path }) => ownerOf(path)))]
  return owners.flatMap((owner) => unknownKeys(code.filter(({ path }) => ownerOf(path) === owner), [...known].flatMap(([home, keys]) => (ownerOf(`${home}/`) === owner ? keys : []))))
}

/** Keys that code asks for and no dictionary has. A namespace ("points:balance") only says whose dictionary it is and is not compared. */
export function unknownKeys(code: SourceText[], known: Iterable<string>): string[] {
  const asked = new Set([...known].flatMap((key) => [key, askedKey(key)]))
  return code.flatMap((file) =>
    [...file.text.matchAll(KEY_IN_CODE)]
      .map((match) => match[2] ?? "")
      .filter((key) => !asked.has(key.slice(key.indexOf(":") + 1)))
      .map((key) => `${file.path}: no dictionary has the key ${key}`),
  )
}

async function readHome(rootDir: string, home: string) {
  const problems: string[] = []
  const dictionaries = Object.fromEntries(LOCALES.map((locale) => [locale, {}])) as Record<Locale, Dictionary>
  for (const locale of LOCALES) {
    const file = `${home}/locales/${locale}.json`
    if (!existsSync(path.join(rootDir, file))) {
      problems.push(`${file} is missing`)
      continue
    }
    try {
      dictionaries[locale] = flattenTexts(JSON.parse(await readFile(path.join(rootDir, file), "utf8")))
    } catch (error) {
      problems.push(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const between = problems.length > 0 ? [] : dictionaryProblems(dictionaries)
  return { home, dictionaries, problems: [...problems, ...between.map((problem) => `${home}/locales: ${problem}`)] }
}
