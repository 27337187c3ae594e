import { fileNameProblem } from "./file-names"
import type { CheckStep } from "./findings"
import { readTexts, ROOMS, type SourceText, sourceFiles } from "./source-files"

const CODE = /\.[cm]?[jt]sx?$/
const AUTHORED = /\.(?:[cm]?[jt]sx?|css|sql)$/
const LONGEST_FILE = 350
const LOCK_FILE = "package-lock.json"

type LineRule = { files: RegExp; breaks: RegExp; says: string }

// The bracketed letters keep the rules from finding themselves.
const LINE_RULES: LineRule[] = [
  {
    files: /./,
    breaks: /(?<![\w.\-*@})])\/(?:work|root|home\/[a-z][\w.-]*|Users\/[A-Za-z][\w.-]*)\/(?=[\w.@-])/,
    says: "a path of one machine; make it relative to the repository",
  },
  {
    files: /./,
    breaks: /\bregistry\.[a-z0-9.-]+\.(?:org|com|net|io|cn|dev|local)\b|https?:\/\/[^/\s"']*(?:registry|artifactory|verdaccio|npmmirror|npm\.pkg)[^/\s"']*/,
    says: "a package registry; which one to use is the reader's choice",
  },
  { files: /./, breaks: /\b(?:T[O]DO|F[I]XME)\b(?!\([a-z][\w-]*\))/, says: "somebody must own it: T" + "ODO(name)" },
  {
    files: CODE,
    breaks: /^\s*(?:\{?\/[/*]|.*\s\/[/*])\s*eslint-d[i]sable(?:-line|-next-line)?(?!.*\s--\s+\S)/,
    says: "a disabled rule needs its reason: -- because …",
  },
  {
    files: /^(?!.*(?:\/test\/|\.spec\.)).*\.(?:[cm]?[jt]sx?|json|ya?ml|txt)$/,
    breaks: /(["'`])(?:(?!\1).)*?(?:\p{Script=Han}[,:;?!()]|[,;?!()]\p{Script=Han})(?:(?!\1).)*\1/u,
    says: "half-width marks in a Chinese text; it takes ，：；？！（）",
  },
]

/** The layout and habits of the house that no other tool knows. Files that have grown long are warnings. */
export const houseStep: CheckStep = {
  name: "house",
  async run(rootDir) {
    const files = await sourceFiles(rootDir)
    const texts = await readTexts(rootDir, files)
    return {
      problems: [
        ...strangeRooms(files),
        ...files.flatMap((file) => fileNameProblem(file) ?? []),
        ...texts.flatMap((file) => (file.path === LOCK_FILE ? lockFileProblems(file.text) : lineProblems(file))),
      ],
      warnings: texts.flatMap((file) => lengthWarning(file) ?? []),
    }
  },
}

/** Folders at the top of the repository that are none of its six rooms. Hidden ones hold the configuration of tools. */
export const strangeRooms = (files: string[]): string[] =>
  [...new Set(files.filter((file) => file.includes("/")).map((file) => file.slice(0, file.indexOf("/"))))]
    .filter((folder) => !folder.startsWith(".") && !ROOMS.some((room) => room === folder))
    .map((folder) => `${folder}/: only ${ROOMS.join(", ")} stand at the top`)

/** Lines that bind the repository to a machine or a registry, promise without an owner, silence a rule without a reason, or set Chinese like English. */
export const lineProblems = (file: SourceText): string[] => {
  const rules = LINE_RULES.filter((rule) => rule.files.test(file.path))
  return file.text
    .split("\n")
    .flatMap((line, index) => rules.filter((rule) => rule.breaks.test(line)).map((rule) => `${file.path}:${index + 1} ${rule.says}`))
}

/** Packages whose lock entry names the place it was downloaded from, which binds every reader to that registry. */
export const lockFileProblems = (text: string): string[] => {
  const { packages } = JSON.parse(text) as { packages: Record<string, { resolved?: string }> }
  return Object.entries(packages)
    .filter(([, entry]) => entry.resolved?.startsWith("http"))
    .map(([place]) => `${LOCK_FILE}: ${place} names a registry; install with omit-lockfile-registry-resolved=true`)
}

const lengthWarning = (file: SourceText): string | null => {
  const lines = file.text.split("\n").length
  return AUTHORED.test(file.path) && lines > LONGEST_FILE ? `${file.path}: ${lines} lines; above ${LONGEST_FILE} look for a second purpose` : null
}
