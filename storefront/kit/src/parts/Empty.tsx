import type { ReactNode } from "react"

/** In place of a list that has nothing: says so, and `children` leads on. `level` 1 where it is all of a page. */
export function Empty({ title, hint, level = 2, children }: { title: string; hint?: string; level?: 1 | 2; children?: ReactNode }) {
  const Heading = `h${level}` as const
  return (
    <section className="fs-empty fs-nothing">
      <Heading>{title}</Heading>
      {hint && <p>{hint}</p>}
      {children}
    </section>
  )
}
