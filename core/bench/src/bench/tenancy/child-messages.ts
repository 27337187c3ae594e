/** Megabytes of a process after a full garbage collection. */
export type Memory = { rss: number; heap: number }

/** What a serving child is asked. */
export type Question = "memory" | "cpu"

/** Pages a second of each round, with everything a page takes and with React alone. */
export type Rendered = { page: number[]; react: number[]; bytes: number }

/** What the children of the benchmark say to it. `cpu` in ms since the process began. */
export type FromChild = { url: string } | { memory: Memory } | { cpu: number } | { provisioned: number[]; took: number } | { rendered: Rendered }

export const tell = (message: FromChild): void => void process.send?.(message)

const MB = 1024 * 1024

/** Answers questions and stops on SIGTERM or when the benchmark is gone; for a child that serves. */
export function obey(stop: () => Promise<void>): void {
  process.on("message", (message) => {
    if (message === "cpu") {
      const { user, system } = process.cpuUsage()
      return tell({ cpu: (user + system) / 1000 })
    }
    // Twice: what the first collection finalises, the second frees.
    for (let i = 0; i < 2; i++) (globalThis as { gc?: () => void }).gc?.()
    const { rss, heapUsed } = process.memoryUsage()
    tell({ memory: { rss: rss / MB, heap: heapUsed / MB } })
  })
  const end = () => {
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on("SIGTERM", end)
  // The benchmark was killed: nobody is left to stop us.
  process.on("disconnect", end)
}

/** Runs a child's stage; its end, good or bad, is the process's. A stage that serves never resolves. */
export function runStage(stages: Record<string, () => Promise<void>>): void {
  const stage = stages[process.argv[2] ?? ""]
  if (!stage) throw new Error(`no stage ${process.argv[2] ?? ""}`)
  stage().then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
}

/** For a stage that ends with its process only. */
export const serveForEver = (): Promise<never> => new Promise(() => undefined)
