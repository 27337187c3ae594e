import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { cpus, totalmem } from "node:os"
import path from "node:path"
import { REPOSITORY } from "@fangshi/server"
import type { Comparison } from "./compare"

/** One line of the table. `met` is null for a line that has no bar. */
export type Line = { what: string; first: string; second: string; result: string; spread: string; bar: string; met: boolean | null }

const ms = (value: number) => `${value.toFixed(1)} ms`

/** The bar is held against the median of the rounds' ratios. */
export function comparisonLine(comparison: Comparison, bar: number | null): Line {
  const { name, quantile, first, second, ratio, pooled, cpu } = comparison
  return {
    what: `${name}, ${quantile}`,
    first: `${first.name} ${ms(first.ms)}`,
    second: `${second.name} ${ms(second.ms)}`,
    result: `× ${ratio.median.toFixed(2)}`,
    spread: `${ratio.q1.toFixed(2)}–${ratio.q3.toFixed(2)}; all requests together × ${pooled.toFixed(2)}; processor time × ${cpu.toFixed(2)}`,
    bar: bar === null ? "–" : `≤ ${bar.toFixed(2)}`,
    met: bar === null ? null : ratio.median <= bar,
  }
}

const verdict = (met: boolean | null) => (met === null ? "–" : met ? "met" : "**not met**")

export function table(lines: Line[]): string {
  return [
    "| What | First | Second | Result | Spread (quartiles) | Bar | |",
    "|---|---|---|---|---|---|---|",
    ...lines.map((line) => `| ${line.what} | ${line.first} | ${line.second} | ${line.result} | ${line.spread} | ${line.bar} | ${verdict(line.met)} |`),
  ].join("\n")
}

/** On what the figures were taken. */
export function machine(postgres: string): string {
  const [cpu] = cpus()
  return `${cpu?.model.trim() ?? "unknown processor"}, ${cpus().length} cores, ${Math.round(totalmem() / 1024 ** 3)} GB; Node ${process.versions.node}, Postgres ${postgres}; ${new Date().toISOString().slice(0, 10)}`
}

/** Where the figures of every benchmark stand. */
export const BENCHMARKS = path.join(REPOSITORY, "core/docs/benchmarks.md")

const marks = (name: string) => [`<!-- ${name}: written by npm run bench -- ${name} -->`, `<!-- end of ${name} -->`] as const

/** Whether the page has figures of a benchmark already. */
export const hasSection = (name: string, file = BENCHMARKS): boolean => existsSync(file) && readFileSync(file, "utf8").includes(marks(name)[0])

/** Replaces a benchmark's part of the page between its two marks, or adds it at the end; what people wrote around it stays. */
export function writeSection(name: string, text: string, file = BENCHMARKS): void {
  const [from, to] = marks(name)
  const page = existsSync(file) ? readFileSync(file, "utf8") : "# Benchmarks\n"
  const section = `${from}\n${text.trim()}\n${to}`
  const [start, end] = [page.indexOf(from), page.indexOf(to)]
  writeFileSync(file, start >= 0 && end > start ? page.slice(0, start) + section + page.slice(end + to.length) : `${page.trimEnd()}\n\n${section}\n`)
}
