import path from "node:path"
import type { CheckStep } from "./findings"
import { outputLines, type ProgramResult, runNodeProgram } from "./node-program"

type LintMessage = { ruleId: string | null; severity: 1 | 2; message: string; line?: number; column?: number }
type LintedFile = { filePath: string; messages: LintMessage[] }

const ESLINT = "node_modules/eslint/bin/eslint.js"

/** ESLint over the whole repository, with the rules of eslint.config.mjs. */
export const lintStep: CheckStep = {
  name: "lint",
  async run(rootDir) {
    const result = await runNodeProgram(rootDir, ESLINT, [".", "--format", "json"])
    const files = lintedFiles(result)
    if (!files) return { problems: outputLines(result) }
    const lines = (severity: 1 | 2) => files.flatMap((file) => messageLines(rootDir, file, severity))
    return { problems: lines(2), warnings: lines(1) }
  },
}

/** The names of the rules that `text` breaks, were it the content of `file`, which must exist. */
export async function brokenLintRules(rootDir: string, file: string, text: string): Promise<string[]> {
  const result = await runNodeProgram(rootDir, ESLINT, ["--stdin", "--stdin-filename", file, "--format", "json"], text)
  const files = lintedFiles(result)
  if (!files) throw new Error(outputLines(result).join("\n"))
  return files.flatMap((linted) => linted.messages.map((message) => message.ruleId ?? message.message))
}

// ESLint answers 0 and 1 with a list of files; 2 means that it could not run at all.
const lintedFiles = (result: ProgramResult): LintedFile[] | null =>
  result.code === 0 || result.code === 1 ? (JSON.parse(result.stdout) as LintedFile[]) : null

const messageLines = (rootDir: string, file: LintedFile, severity: 1 | 2): string[] =>
  file.messages
    .filter((message) => message.severity === severity)
    .map(({ line, column, message, ruleId }) =>
      `${path.relative(rootDir, file.filePath)}:${line ?? 0}:${column ?? 0} ${message} (${ruleId ?? "syntax"})`,
    )
