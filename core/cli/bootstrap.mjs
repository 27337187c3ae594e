// Behind npm start, npm test, npm run check …: plain Node without a dependency, since it has to work before there is any.
import path from "node:path"
import { fileURLToPath } from "node:url"
import { prepare } from "./bootstrap/prepare.mjs"
import { runProgram } from "./bootstrap/run-program.mjs"
import { assertNode, StepFailed } from "./bootstrap/steps.mjs"

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..")
const [command = "", ...args] = process.argv.slice(2)

try {
  assertNode(process.versions.node)
  await prepare(root, command)
  process.exitCode = await runProgram(root, command, args)
} catch (error) {
  if (!(error instanceof StepFailed)) throw error
  console.error(error.message)
  process.exitCode = 1
}
