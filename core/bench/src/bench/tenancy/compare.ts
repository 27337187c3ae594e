import type { Load, Scenario } from "./load"

export type Plan = { rounds: number; requests: number; warmUp: number }

/** One scenario on two servers in turn. Times in ms; `ratio` is the second to the first, taken from each pair of rounds. */
export type Comparison = {
  name: string
  quantile: "median" | "p95"
  first: { name: string; ms: number }
  second: { name: string; ms: number }
  ratio: { median: number; q1: number; q3: number }
  /** Of all requests together. */
  pooled: number
  /** Ratio of the processor time that the server's process took for the same requests; other people's load does not touch it. */
  cpu: number
}

/** Linear between the two nearest ranks. */
export function quantile(values: number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (sorted.length - 1) * q
  const [low, high] = [sorted[Math.floor(at)] ?? NaN, sorted[Math.ceil(at)] ?? NaN]
  return low + (high - low) * (at - Math.floor(at))
}

/** Short rounds, the servers in turn and their order swapped each time: what else the machine does hits both alike. */
export async function compare(name: string, which: Comparison["quantile"], scenario: Scenario, first: Load, second: Load, plan: Plan): Promise<Comparison> {
  for (let i = 0; i < plan.warmUp; i++) {
    await scenario(first, plan.requests)
    await scenario(second, plan.requests)
  }
  const q = which === "median" ? 0.5 : 0.95
  const [ofFirst, ofSecond, ratios]: [number[], number[], number[]] = [[], [], []]
  const spent = new Map<Load, number>()
  for (let round = 0; round < plan.rounds; round++) {
    const times = new Map<Load, number[]>()
    for (const load of round % 2 ? [second, first] : [first, second]) {
      const before = await load.cpu()
      times.set(load, await scenario(load, plan.requests))
      spent.set(load, (spent.get(load) ?? 0) + (await load.cpu()) - before)
    }
    const [a, b] = [times.get(first) ?? [], times.get(second) ?? []]
    ofFirst.push(...a)
    ofSecond.push(...b)
    ratios.push(quantile(b, q) / quantile(a, q))
  }
  return {
    name,
    quantile: which,
    first: { name: first.name, ms: quantile(ofFirst, q) },
    second: { name: second.name, ms: quantile(ofSecond, q) },
    ratio: { median: quantile(ratios, 0.5), q1: quantile(ratios, 0.25), q3: quantile(ratios, 0.75) },
    pooled: quantile(ofSecond, q) / quantile(ofFirst, q),
    cpu: (spent.get(second) ?? NaN) / (spent.get(first) ?? NaN),
  }
}
