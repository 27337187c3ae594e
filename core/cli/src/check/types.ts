import type { CheckStep } from "./findings"
import { outputLines, runNodeProgram } from "./node-program"

/** TypeScript's strict check over every package. Each problem is one line of the compiler. */
export const typesStep: CheckStep = {
  name: "types",
  async run(rootDir) {
    // Not incremental: that writes out the types of every changed file, and those inferred from Medusa's client fill the memory.
    const result = await runNodeProgram(rootDir, "node_modules/typescript/bin/tsc", ["-p", ".", "--pretty", "false"])
    return { problems: result.code === 0 ? [] : outputLines(result) }
  },
}
