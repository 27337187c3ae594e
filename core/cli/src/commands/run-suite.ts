import { existsSync, readdirSync } from "node:fs"
import path from "node:path"
import { REPOSITORY } from "@fangshi/server"

/** Those of the core, and those that a trade brings in plugins/<trade>/<proof|bench>, by name. */
function suites(kind: "proof" | "bench"): Map<string, string> {
  const plugins = path.join(REPOSITORY, "plugins")
  const folders = [path.join(REPOSITORY, "core/bench/src", kind), ...(existsSync(plugins) ? readdirSync(plugins).map((name) => path.join(plugins, name, kind)) : [])].filter((folder) => existsSync(folder))
  return new Map(folders.flatMap((folder) => readdirSync(folder).filter((file) => file.endsWith(".ts")).map((file): [string, string] => [file.slice(0, -3), path.join(folder, file)])))
}

/** Runs the suite of that name, which exports `run(args)`. */
export async function runSuite(kind: "proof" | "bench", name: string | undefined, args: string[]): Promise<void> {
  const known = suites(kind)
  const file = known.get(name ?? "")
  if (!file) {
    console.error(`npm run ${kind} -- <${[...known.keys()].join(" | ")}>`)
    process.exitCode = 1
    return
  }
  const suite = (await import(file)) as { run: (args: string[]) => Promise<void> }
  await suite.run(args)
  process.exit(process.exitCode ?? 0)
}
