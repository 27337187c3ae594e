import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { freemem, tmpdir } from "node:os"
import path from "node:path"
import { type Cluster } from "@fangshi/testing"
import { startProofCluster } from "../proof-cluster"
import { MUTANTS } from "./mutants/all"
import { copyRepository, sabotage } from "./mutants/copy-repository"
import type { Mutant, Verdict } from "./mutants/mutant"
import { sabotagedTemplate } from "./mutants/mutant-database"
import { runTests } from "./mutants/run-tests"

/** What one run of tests with a host of its own takes at most. */
const BYTES_PER_RUN = 3 * 1024 ** 3

type Bench = { root: string; dataDir: string; database: string }

/**
 * `npm run proof -- mutants [words]`: breaks the product in one place at a time, in a copy, and sees whether a test
 * notices. Words choose the mutants whose names hold one of them.
 */
export async function run(words: string[]): Promise<void> {
  const from = Date.now()
  const chosen = MUTANTS.filter(({ name }) => !words.length || words.some((word) => name.includes(word)))
  const twice = chosen.find(({ name }, i) => chosen.findIndex((other) => other.name === name) !== i)
  if (twice) throw new Error(`Two mutants are called ${twice.name}`)
  const folder = mkdtempSync(path.join(tmpdir(), "fangshi-mutants-"))
  const { cluster, stop } = await startProofCluster()
  try {
    const benches = await makeBenches(folder)
    await mustBeGreen(cluster, benches, chosen)
    const verdicts = await tryAll(cluster, benches, chosen)
    print(verdicts, Date.now() - from)
    if (verdicts.some(({ outcome }) => outcome !== "killed")) process.exitCode = 1
  } finally {
    await stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function makeBenches(folder: string): Promise<Bench[]> {
  const count = freemem() > 2 * BYTES_PER_RUN ? 2 : 1
  const benches = Array.from({ length: count }, (_, i) => ({ root: path.join(folder, `copy-${i}`), dataDir: path.join(folder, `data-${i}`), database: `mutant_${i}` }))
  for (const { root, dataDir } of benches) {
    mkdirSync(dataDir, { recursive: true })
    await copyRepository(root)
  }
  return benches
}

/** Every test that is to kill something passes in the untouched copy; else its failure would say nothing. */
async function mustBeGreen(cluster: Cluster, [bench]: Bench[], mutants: Mutant[]) {
  if (!bench) return
  const filesOf = (list: Mutant[]) => [...new Set(list.flatMap(({ tests }) => tests))].sort()
  const picked = mutants.filter(({ only }) => only !== undefined)
  const runs = [
    { tests: filesOf(mutants.filter(({ only }) => only === undefined)) },
    { tests: filesOf(picked), only: [...new Set(picked.map(({ only }) => only))].join("|") },
  ]
  for (const run of runs.filter(({ tests }) => tests.length)) {
    const from = Date.now()
    const { result, by } = await runTests({ ...bench, cluster }, run)
    console.log(`${result === "green" ? "✓" : "✗"} untouched copy: ${result}, ${by}  ${seconds(Date.now() - from)} s`)
    if (result !== "green") throw new Error(`The tests fail without any sabotage: ${by}`)
  }
}

const seconds = (ms: number) => Math.round(ms / 1000)

async function tryAll(cluster: Cluster, benches: Bench[], mutants: Mutant[]): Promise<Verdict[]> {
  const waiting = [...mutants]
  const verdicts: Verdict[] = []
  await Promise.all(
    benches.map(async (bench) => {
      for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
        const verdict = await tryOne(cluster, bench, mutant)
        verdicts.push(verdict)
        console.log(`${verdict.outcome === "killed" ? "✓" : "✗"} ${verdict.mutant}: ${verdict.outcome} by ${verdict.by}  ${verdict.seconds} s`)
      }
    }),
  )
  return mutants.flatMap(({ name }) => verdicts.filter(({ mutant }) => mutant === name))
}

async function tryOne(cluster: Cluster, bench: Bench, mutant: Mutant): Promise<Verdict> {
  const from = Date.now()
  const verdict = (outcome: Verdict["outcome"], by: string): Verdict => ({ mutant: mutant.name, outcome, by, seconds: seconds(Date.now() - from) })
  let restore = () => undefined as void
  let drop = async () => undefined as void
  try {
    restore = sabotage(bench.root, mutant.edits ?? [])
    const spoilt = await sabotagedTemplate(cluster, bench.root, bench.database, mutant)
    drop = spoilt.drop
    const { result, by } = await runTests({ ...bench, cluster: spoilt.cluster }, mutant)
    return verdict(result === "red" ? "killed" : result === "green" ? "survived" : "broken", by)
  } catch (error) {
    return verdict("broken", error instanceof Error ? error.message : String(error))
  } finally {
    restore()
    await drop()
  }
}

function print(verdicts: Verdict[], ms: number) {
  const width = Math.max(...verdicts.map(({ mutant }) => mutant.length))
  console.log("")
  for (const { mutant, outcome, by } of verdicts) console.log(`${mutant.padEnd(width)}  ${outcome.padEnd(8)}  ${by}`)
  const killed = verdicts.filter(({ outcome }) => outcome === "killed").length
  console.log(`\nmutants: ${killed}/${verdicts.length} killed, ${(ms / 60_000).toFixed(1)} minutes`)
}
