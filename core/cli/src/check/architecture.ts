import { existsSync, readFileSync } from "node:fs"
import path from "node:path"
import type { CheckStep } from "./findings"
import { outputLines, runNodeProgram } from "./node-program"
import { SEAM_RULE, seamBreaches } from "./medusa-internals"
import { ROOMS, sourceFiles } from "./source-files"

/** Where the trees live that break one rule each; their folders are named after the rules. */
export const ARCHITECTURE_FIXTURES = "core/testing/fixtures/architecture"

/** One broken rule: who breaks it, and by importing what (null where a file's mere existence breaks it). */
export type Violation = { rule: string; from: string; to: string | null }

type CruiseResult = {
  summary: {
    violations: { from: string; to: string; rule: { name: string } }[]
    ruleSetUsed: { forbidden: { name: string; comment?: string }[] }
  }
}

// Fixtures break the rules on purpose; the rest is what .dependency-cruiser.cjs leaves out as well.
const NOT_OURS = "^(?!.*node_modules/).*/(?:dist|build|coverage|\\.react-router|\\.medusa|\\.data|fixtures)/"

/** Who imports whom, against the rules of .dependency-cruiser.cjs and the one about Medusa's internals. */
export const architectureStep: CheckStep = {
  name: "architecture",
  async run(rootDir) {
    const { violations, comments } = await treeViolations(rootDir)
    return {
      problems: violations.map(({ rule, from, to }) =>
        `${from}${to === null ? "" : ` → ${to}`}\n  ${rule}: ${comments.get(rule) ?? ""}`,
      ),
    }
  },
}

/** Every broken rule of the real tree, and what each rule is for. */
export async function treeViolations(rootDir: string) {
  const rooms = ROOMS.filter((room) => existsSync(path.join(rootDir, room)))
  return await violations(rootDir, [...rooms, "--exclude", NOT_OURS], "tsconfig.json", await sourceFiles(rootDir))
}

/** Every broken rule of the fixtures, in one run. */
export async function fixtureViolations(rootDir: string) {
  const files = (await sourceFiles(rootDir, { fixtures: true })).filter((file) => file.startsWith(`${ARCHITECTURE_FIXTURES}/`))
  return await violations(rootDir, [ARCHITECTURE_FIXTURES], `${ARCHITECTURE_FIXTURES}/tsconfig.json`, files)
}

async function violations(rootDir: string, targets: string[], tsconfig: string, files: string[]) {
  const result = await runNodeProgram(rootDir, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs", [
    "--config", ".dependency-cruiser.cjs",
    // Absolute, because dependency-cruiser resolves a relative path twice.
    "--ts-config", path.join(rootDir, tsconfig),
    "--output-type", "json",
    ...targets,
  ])
  if (!result.stdout.startsWith("{")) throw new Error(outputLines(result).join("\n"))
  const { summary } = JSON.parse(result.stdout) as CruiseResult
  const cruised = summary.violations.map(({ rule, from, to }): Violation => ({ rule: rule.name, from, to: to === from ? null : to }))
  const internals = seamBreaches(files.map((file) => ({ path: file, text: readFileSync(path.join(rootDir, file), "utf8") })))
  return {
    violations: [...cruised, ...internals],
    comments: new Map([
      ...summary.ruleSetUsed.forbidden.map(({ name, comment }) => [name, comment ?? ""] as const),
      [SEAM_RULE.name, SEAM_RULE.comment] as const,
    ]),
  }
}
