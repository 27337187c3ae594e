import { runCommand } from "./run-command"
import { printError } from "./steps"

runCommand(process.argv.slice(2)).catch((error: unknown) => {
  printError(error)
  process.exit(1)
})
