import { existsSync, readdirSync } from "node:fs"
import path from "node:path"
import { REPOSITORY } from "@fangshi/server"

/** Runs core/bench/src/<proof|bench>/<name>.ts, which exports `run(args)`. */
export async function runSuite(kind: "proof" | "bench", name: string | undefined, args: string[]): Promise<void> {
  const folder = path.join(REPOSITORY, "core/bench/src", kind)
  const names = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".ts")).map((file) => file.slice(0, -3)) : []
  if (!name || !names.includes(name)) {
    console.error(`npm run ${kind} -- <${names.join(" | ")}>`)
    process.exitCode = 1
    return
  }
  const suite = (await import(path.join(folder, `${name}.ts`))) as { run: (args: string[]) => Promise<void> }
  await suite.run(args)
  process.exit(process.exitCode ?? 0)
}
