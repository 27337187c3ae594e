import { assertParts } from "./assert-parts"
import type { PluginPage, WorkbenchScreen } from "./plugin-page"
import type { PluginStorefront } from "./slots"

const locales = { "zh-CN": { page: { title: "留言" } }, en: { page: { title: "Notes" } } }
const page = (path: string, title = "page.title"): PluginPage & WorkbenchScreen => ({ path, title, component: () => null })
const faultOf = (parts: PluginStorefront) => {
  try {
    assertParts("notes", { locales, ...parts })
    return null
  } catch (error) {
    return (error as Error).message
  }
}

describe("a plugin's pages, screens and relays", () => {
  it("are taken as they should be", () => {
    expect(faultOf({ pages: [page(""), page("notes/:id/change")], workbench: [page("")], relays: [{ path: "notes/:id/live", to: "/store/notes/:id/live" }, { path: "notes.csv", to: "/admin/notes", desk: true }] })).toBeNull()
  })

  it.each<[string, PluginStorefront, string]>([
    ["a path with a slash at its end", { pages: [page("notes/")] }, "notes: pages notes/: a path is words"],
    ["a path that takes everything", { workbench: [page("*")] }, "notes: workbench *: a path is words"],
    ["one path twice", { pages: [page("a"), page("a")] }, "notes: pages a: is there twice"],
    ["a title without a text", { workbench: [page("a", "page.name")] }, "notes: a: its title page.name has no text in zh-CN"],
    ["a title that is no text", { pages: [page("a", "page")] }, "notes: a: its title page has no text"],
    ["a title in one language", { locales: { ...locales, en: {} }, pages: [page("a")] }, "notes: a: its title page.title has no text in en"],
    ["a shopper's way to the staff's side", { relays: [{ path: "a", to: "/admin/notes" }] }, "leads to /admin/notes, which does not begin with /store/"],
    ["a staff's way to the shoppers' side", { relays: [{ path: "a", to: "/store/notes", desk: true }] }, "which does not begin with /admin/"],
    ["a name that the path does not give", { relays: [{ path: "a/:id", to: "/store/notes/:note" }] }, "does not say what :note is"],
  ])("are refused with %s", (_what, parts, fault) => expect(faultOf(parts)).toContain(fault))
})
