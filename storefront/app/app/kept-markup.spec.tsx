import { Kept, MarkupKeeperProvider } from "@fangshi/storefront-kit"
import type { ReactNode } from "react"
import { renderToString } from "react-dom/server"
import { keepMarkup } from "./kept-markup.server"

type Shown = { of: object; variant?: string; part: ReactNode }

/** A page of parts, as a server makes it: marks, then what stands in their place. */
function page(...parts: Shown[]) {
  const keeper = keepMarkup()
  const html = renderToString(
    <MarkupKeeperProvider value={keeper}>
      {parts.map(({ of, variant = "", part }, i) => <li key={i}><Kept of={of} variant={variant}>{part}</Kept></li>)}
    </MarkupKeeperProvider>,
  )
  return keeper.fill(html)
}

/** Counts how often it is made. */
function counted(text: string) {
  const made = { times: 0 }
  function Part() {
    made.times++
    return <b>{text}</b>
  }
  return { made, part: <Part /> }
}

describe("the markup of a part", () => {
  it("is made for the first two pages and taken from memory from the third on, always the same", () => {
    const [of, { made, part }] = [{}, counted("苹果")]
    const pages = Array.from({ length: 5 }, () => page({ of, part }))
    expect(new Set(pages)).toEqual(new Set(["<li><b>苹果</b></li>"]))
    expect(made.times).toBe(2)
  })

  it("belongs to its object and its variant", () => {
    const [a, b] = [{}, {}]
    const once = () => page({ of: a, part: <b>a</b> }, { of: b, part: <i>b</i> }, { of: a, variant: "first", part: <u>a first</u> })
    const [first, second, third] = [once(), once(), once()]
    expect(third).toBe("<li><b>a</b></li><li><i>b</i></li><li><u>a first</u></li>")
    expect([first, second]).toEqual([third, third])
  })

  it("is itself where it is shown twice on one page, and where a page was given up", () => {
    const [of, { made, part }] = [{}, counted("x")]
    const throwing = () => {
      throw new Error("given up")
    }
    const GivesUp = throwing as () => ReactNode
    page({ of, part })
    expect(() => page({ of, part: <GivesUp /> })).toThrow("given up")
    expect(page({ of, part }, { of, part })).toBe("<li><b>x</b></li><li><b>x</b></li>")
    expect(page({ of, part })).toBe("<li><b>x</b></li>")
    expect(made.times).toBe(3)
  })

  it("keeps what looks like a pattern of a replacement or like a mark", () => {
    const of = {}
    const part = <b data-mark="1-k0">{"$& $1 $` <template data-mark=\"k0\"></template>"}</b>
    const [first, , third] = [page({ of, part }), page({ of, part }), page({ of, part })]
    expect(third).toBe(first)
    expect(third).toContain("$&amp; $1 $`")
  })

  it("is never remembered with an id that React counted", async () => {
    const { useId } = await import("react")
    let times = 0
    function Labelled() {
      times++
      return <b id={useId()}>x</b>
    }
    const of = {}
    for (let i = 0; i < 4; i++) page({ of, part: <Labelled /> })
    expect(times).toBe(4)
  })
})
