import { architectureStep } from "./architecture"
import type { CheckStep, Findings } from "./findings"
import { houseStep } from "./house"
import { licencesStep } from "./licences"
import { lintStep } from "./lint"
import { referenceStep } from "./reference"
import { schemasStep } from "./schemas"
import { translationsStep } from "./translations"
import { typesStep } from "./types"

/** What `npm run check` does, in this order. */
export const CHECK_STEPS: readonly CheckStep[] = [typesStep, lintStep, architectureStep, licencesStep, translationsStep, schemasStep, referenceStep, houseStep]

/** Runs every step, one line each, and shows what it found. Returns the exit code: 1 if any step found a problem. */
export async function runCheck(rootDir: string, steps: readonly CheckStep[] = CHECK_STEPS): Promise<number> {
  let failed = 0
  for (const step of steps) {
    const start = performance.now()
    // A step that cannot run has not passed; the others still have something to say.
    const findings = await step.run(rootDir).catch((error: unknown): Findings => ({ problems: [error instanceof Error ? error.message : String(error)] }))
    if (findings.problems.length > 0) failed += 1
    report(step.name, findings, (performance.now() - start) / 1000)
  }
  console.log(failed === 0 ? "All checks passed." : `${failed} of ${steps.length} checks failed.`)
  return failed === 0 ? 0 : 1
}

function report(name: string, { problems, warnings = [] }: Findings, seconds: number) {
  const counts = [count(problems.length, "problem"), count(warnings.length, "warning")].filter((text) => text !== null).join(", ")
  console.log(`${problems.length === 0 ? "✓" : "✗"} ${name.padEnd(13)} ${seconds.toFixed(1).padStart(5)} s${counts === "" ? "" : `  ${counts}`}`)
  for (const problem of problems) console.log(indent(problem))
  for (const warning of warnings) console.log(indent(`warning: ${warning}`))
}

const count = (number: number, noun: string): string | null => (number === 0 ? null : `${number} ${noun}${number === 1 ? "" : "s"}`)

const indent = (text: string): string => text.split("\n").map((line) => `    ${line}`).join("\n")
