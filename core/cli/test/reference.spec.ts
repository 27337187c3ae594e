import { declarationsOf, referenceText } from "../src/check/reference"
import { REPOSITORY } from "./run-fangshi"

const SOURCE = `
/** How many there are. Pieces. */
export const count = (of: string): number => of.length
/** Not for others. */
const hidden = 1
/**
 * Two lines
 * in one.
 */
export async function send(to: string): Promise<void> {
  await Promise.resolve(to)
}
/** A box. */
export class Box extends Object {
  private readonly inside = 1
  /** Opens it. */
  open(with_key: string): boolean {
    return with_key.length === this.inside
  }
}
export type Open = {
  /** When. */
  at: Date
}
`

describe("the reference of what plugins may use", () => {
  it("has what is exported, with its words and types and without what it does", () => {
    expect(declarationsOf(SOURCE, "a.ts")).toEqual([
      { name: "count", doc: "How many there are. Pieces.", code: "export const count = (of: string): number" },
      { name: "send", doc: "Two lines in one.", code: "export async function send(to: string): Promise<void>" },
      { name: "Box", doc: "A box.", code: "export class Box extends Object {\n  /** Opens it. */\n  open(with_key: string): boolean\n}" },
      { name: "Open", doc: "", code: "export type Open = {\n  /** When. */\n  at: Date\n}" },
    ])
  })

  it("has only those asked for, also where they are not exported, and fails where one is gone", () => {
    expect(declarationsOf(SOURCE, "a.ts", ["hidden"]).map(({ code }) => code)).toEqual(["const hidden = 1"])
    expect(() => declarationsOf(SOURCE, "a.ts", ["gone"])).toThrow("a.ts declares no gone")
  })

  it("names every port, every part of a page and every code of the host's refusals, and no file of this machine", () => {
    const text = referenceText(REPOSITORY)
    for (const name of ["### StockPort", "### definePlugin\n", "### withBody", "### PluginPages", "### useLive", "### PluginPortsDouble", "| `PLUGIN_FORBIDDEN` | 403 |"]) expect(text).toContain(name)
    expect(text).not.toContain(REPOSITORY)
  })
})
