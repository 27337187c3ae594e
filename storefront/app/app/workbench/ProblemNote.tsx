import { useShop } from "@fangshi/storefront-kit"
import type { Problem } from "./desk"

/** What went wrong and how to go on, in the page's language. */
export function ProblemNote({ problem }: { problem: Problem | null | undefined }) {
  const { locale } = useShop()
  if (!problem) return null
  return (
    <p className="wb-problem" role="alert">
      <b>{problem.text[locale]}</b> {problem.hint[locale]}
    </p>
  )
}
