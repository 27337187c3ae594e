import { runCommand } from "../src/run-command"
import { printError } from "../src/steps"
import type { Run } from "./run-fangshi"

/** One command of a CommandLine: its words and all of its environment. */
export type Order = { args: string[]; env: Record<string, string> }
/** `spent`: a host ran in this process, which is for one only. */
export type Told = Run & { spent: boolean }

/** Starts no other way than through the host's own file. */
const HOST = /core[\\/]server[\\/]src[\\/]host\.ts$/

/** What main.ts does, in a process that goes on: what is printed is gathered, and an exit is an answer. */
async function run({ args, env }: Order): Promise<Told> {
  const told: Run = { code: null, out: "", err: "" }
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, env)
  process.exitCode = undefined
  process.stdout.write = (text: string | Uint8Array) => Boolean((told.out += String(text)))
  process.stderr.write = (text: string | Uint8Array) => Boolean((told.err += String(text)))
  process.exit = ((code?: number) => void (told.code ??= code ?? 0)) as typeof process.exit
  await runCommand(args).catch((error: unknown) => {
    printError(error)
    told.code ??= 1
  })
  told.code ??= Number(process.exitCode ?? 0)
  return { ...told, spent: Object.keys(require.cache).some((file) => HOST.test(file)) }
}

process.on("message", (order: Order) => void run(order).then((told) => process.send?.(told)))
