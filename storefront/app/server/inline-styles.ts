import { readFileSync, readdirSync } from "node:fs"
import path from "node:path"

const LINK = /<link rel="stylesheet" href="\/assets\/([\w.-]+\.css)" data-sheet=""\/>/g

/**
 * Puts style sheets into a page in place of the links to them: over a slow network a first visitor sees it one round trip
 * sooner. For pages of all visitors only, which a browser that comes again has and asks for by its tag. StyleSheet.tsx finds
 * the element again when the page wakes up. A sheet that would end its own element stays a link.
 */
export function inlineStyles(assets: string): (html: string) => string {
  const sheets = new Map(readdirSync(assets).filter((name) => name.endsWith(".css")).map((name) => [name, readFileSync(path.join(assets, name), "utf8")]))
  return (html) =>
    html.replace(LINK, (link, name: string) => {
      const css = sheets.get(name)?.trim()
      return !css || css.includes("</") ? link : `<style data-href="/assets/${name}">${css}</style>`
    })
}
