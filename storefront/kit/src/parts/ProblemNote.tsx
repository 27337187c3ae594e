import type { Problem } from "../plugin-page"

/** What the shop API refused and how to go on; nothing where it refused nothing. */
export function ProblemNote({ problem }: { problem: Problem | null }) {
  if (!problem) return null
  return <p className="fs-notice fs-problem" role="alert"><b>{problem.text}</b> {problem.hint}</p>
}
