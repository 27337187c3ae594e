import type { CheckStep } from "./findings"
import { outputLines, runNodeProgram } from "./node-program"

/** TypeScript's strict check over every package. Each problem is one line of the compiler. */
export const typesStep: CheckStep = {
  name: "types",
  async run(rootDir) {
    const cache = "node_modules/.cache/fangshi/types.tsbuildinfo"
    const result = await runNodeProgram(rootDir, "node_modules/typescript/bin/tsc", [
      "-p", ".", "--pretty", "false", "--incremental", "--tsBuildInfoFile", cache,
    ])
    return { problems: result.code === 0 ? [] : outputLines(result) }
  },
}
