import { spawn } from "node:child_process"
import { existsSync, readFileSync, rmSync } from "node:fs"
import path from "node:path"
import type { Cluster } from "@fangshi/testing"
import type { Mutant } from "./mutant"

type Report = { numPassedTests: number; testResults: { name: string; message: string; assertionResults: { status: string; fullName: string }[] }[] }

/** `by` names the test, or what the start said when it refused. */
export type Run = { result: "green" | "red" | "broken"; by: string }

/** Generous: on a busy machine a slow test must not count as a kill. */
const TIME_LIMIT_MS = 600_000
const NEEDS_HOST = /\b(?:sharedHost|twoTenants|createTenant|control)\b/
/** A mutant that cannot be compiled or loaded proves nothing. */
const NOT_A_KILL = /Syntax ?Error|Cannot find module|is not defined|Transform failed|x Expected/

type Copy = { root: string; cluster: Cluster; dataDir: string }

/** Runs a mutant's tests in a copy of the repository. The host is booted when one of them speaks to it, or when there is none. */
export async function runTests({ root, cluster, dataDir }: Copy, mutant: Pick<Mutant, "tests" | "only">): Promise<Run> {
  const missing = mutant.tests.find((file) => !existsSync(path.join(root, file)))
  if (missing) return { result: "broken", by: `there is no ${missing}` }
  const report = path.join(dataDir, "report.json")
  rmSync(report, { force: true })
  // Something has to run when only the start is on trial.
  const tests = mutant.tests.length ? mutant.tests : ["core/kernel/test/isolation.db.spec.ts"]
  const needsHost = mutant.tests.length === 0 || tests.some((file) => NEEDS_HOST.test(readFileSync(path.join(root, file), "utf8")))
  const { code, output } = await jest(root, [...tests.map((file) => path.join(root, file)), ...(mutant.only ? ["-t", mutant.only] : []), "--json", `--outputFile=${report}`], {
    FANGSHI_TEST_CLUSTER: JSON.stringify(cluster),
    FANGSHI_TEST_DATA: dataDir,
    FANGSHI_TEST_NO_HOST: needsHost ? "" : "1",
    FANGSHI_DATA: "",
  })
  if (!existsSync(report)) return code === null ? { result: "broken", by: "time limit" } : refusedStart(output)
  return judge(root, JSON.parse(readFileSync(report, "utf8")) as Report)
}

function judge(root: string, report: Report): Run {
  for (const suite of report.testResults) {
    const failed = suite.assertionResults.find((test) => test.status === "failed")
    if (failed) return { result: "red", by: `${path.relative(root, suite.name)}: ${failed.fullName}` }
    if (suite.message && !suite.assertionResults.length) return { result: "broken", by: `${path.relative(root, suite.name)}: ${firstLine(suite.message)}` }
  }
  return report.numPassedTests ? { result: "green", by: `${report.numPassedTests} tests` } : { result: "broken", by: "no test matched" }
}

function refusedStart(output: string): Run {
  if (NOT_A_KILL.test(output)) return { result: "broken", by: firstLine(NOT_A_KILL.exec(output)?.input.slice(NOT_A_KILL.exec(output)?.index) ?? "") }
  const code = /code: ['"]([A-Z_]{6,})['"]/.exec(output)?.[1]
  const problem = /^\s*(?:problem|table): ['"](.*)['"],?$/m.exec(output)?.[1]
  return { result: "red", by: `the start refused: ${code ?? logged(output) ?? firstLine(output)}${problem ? ` (${problem})` : ""}` }
}

const logged = (output: string) => /^\{.*"msg":"((?:[^"\\]|\\.){1,160})/m.exec(output)?.[1]

const firstLine = (text: string) => text.replace(/\u001b\[\d+m/g, "").split("\n").map((line) => line.trim()).find((line) => line && !line.startsWith("●") && !line.startsWith("(node:")) ?? ""

function jest(root: string, args: string[], env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const setup = path.join(root, "core/testing/src")
  const program = [path.join(root, "node_modules/jest/bin/jest.js"), "--config", path.join(root, "core/testing/jest.config.cjs"), "--globalSetup", path.join(setup, "borrowed-cluster.ts"), "--globalTeardown", path.join(setup, "global-teardown.ts"), "--runInBand", "--runTestsByPath", ...args]
  const clean = Object.fromEntries(Object.entries({ ...process.env, NODE_OPTIONS: "", FANGSHI_LOG_LEVEL: "fatal", ...env }).filter(([, value]) => value !== ""))
  // A group of its own, so that nothing outlives a run that is cut short.
  const child = spawn(process.execPath, ["--experimental-vm-modules", "--no-warnings", ...program], { cwd: root, env: clean, detached: true, stdio: ["ignore", "pipe", "pipe"] })
  let output = ""
  let late = false
  const keep = (chunk: Buffer) => void (output = (output + chunk.toString()).slice(-200_000))
  child.stdout.on("data", keep)
  child.stderr.on("data", keep)
  const end = () => {
    try {
      process.kill(-(child.pid ?? 0), "SIGKILL")
    } catch {
      // It has ended by itself.
    }
  }
  const timer = setTimeout(() => {
    late = true
    end()
  }, TIME_LIMIT_MS)
  process.once("exit", end)
  return new Promise((resolve, reject) => {
    child.once("error", reject)
    child.once("close", (code) => {
      clearTimeout(timer)
      process.off("exit", end)
      end()
      resolve({ code: late ? null : (code ?? 1), output })
    })
  })
}
