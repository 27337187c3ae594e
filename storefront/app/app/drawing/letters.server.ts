import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import ranges from "@fontsource-variable/noto-sans-sc/unicode.json"
import opentype, { type Command, type Font } from "opentype.js"
import decompress from "woff2-encoder/decompress"

/** Text as an outline, so that a picture looks the same on a machine without a single font. */
export type Line = { path: string; width: number }
export type Weight = 400 | 700
type Setting = { size: number; weight: Weight; x: number; y: number; align?: "left" | "middle" | "right" }

const FONT = "@fontsource-variable/noto-sans-sc"
const ELLIPSIS = "…"

const { resolve } = createRequire(import.meta.url)
const parts = Object.entries(ranges as Record<string, string>).flatMap(([name, listed]) =>
  listed.split(",").map((range) => {
    const [from = 0, to = from] = range.replace("U+", "").split("-").map((hex) => Number.parseInt(hex, 16))
    return { name: name.replace(/[[\]]/g, ""), from, to }
  }),
)
const fonts = new Map<string, Promise<Font>>()

async function readFont(part: string): Promise<Font> {
  const bytes = await decompress(await readFile(resolve(`${FONT}/files/noto-sans-sc-${part}-wght-normal.woff2`)))
  return opentype.parse(new Uint8Array(bytes).buffer, { lowMemory: true })
}

/** The part of the font that has the character; it is some hundred files, of which a text needs few. */
async function fontOf(character: string): Promise<Font | null> {
  const code = character.codePointAt(0) ?? 0
  const part = parts.find(({ from, to }) => from <= code && code <= to)
  if (!part) return null
  const known = fonts.get(part.name) ?? readFont(part.name)
  fonts.set(part.name, known)
  return known
}

/** As opentype.js writes it, a coordinate with a minute fraction becomes NaN and ends the picture there. */
const pathOf = (commands: Command[]) =>
  commands.map(({ type, x1, y1, x2, y2, x, y }) => type + [x1, y1, x2, y2, x, y].flatMap((each) => (each === undefined ? [] : [each.toFixed(2)])).join(" ")).join("")

type Letter = { character: string; advance: number; outline: (x: number, y: number) => string }

/** A character that the font has not, such as most emoji, is left out. */
async function lettersOf(text: string, size: number, weight: Weight): Promise<Letter[]> {
  const variation = { wght: weight }
  const letters: Letter[] = []
  for (const character of text.replace(/\s+/g, " ").trim()) {
    const font = await fontOf(character)
    const glyph = font?.charToGlyph(character)
    if (!font || !glyph?.index) continue
    const outline = (x: number, y: number) => pathOf(glyph.getPath(x, y, size, { variation }, font).commands)
    // Only drawn in its weight does a glyph know how wide it is.
    outline(0, 0)
    letters.push({ character, advance: (glyph.advanceWidth / font.unitsPerEm) * size, outline })
  }
  return letters
}

const widthOf = (letters: Letter[]) => letters.reduce((sum, { advance }) => sum + advance, 0)

function place(letters: Letter[], { x, y, align = "left" }: Pick<Setting, "x" | "y" | "align">): Line {
  const width = widthOf(letters)
  let at = x - (align === "middle" ? width / 2 : align === "right" ? width : 0)
  const path = letters.map(({ advance, outline }) => {
    const drawn = outline(at, y)
    at += advance
    return drawn
  }).join("")
  return { path, width }
}

/** The first character of a text that can be drawn; empty where there is none. */
export async function firstLetter(text: string): Promise<string> {
  for (const character of text) if ((await lettersOf(character, 1, 700)).length) return character
  return ""
}

/** One line, as long as the text is. */
export const drawLine = async (text: string, { size, weight, ...where }: Setting): Promise<Line> => place(await lettersOf(text, size, weight), where)

/** As many lines as fit, broken between characters but not inside a Latin word where that can be helped. What is left over ends in an ellipsis. */
export async function drawLines(text: string, { size, weight, y, ...where }: Setting, box: { width: number; lines: number; height: number }): Promise<Line[]> {
  const letters = await lettersOf(text, size, weight)
  const [dots] = await lettersOf(ELLIPSIS, size, weight)
  const lines: Letter[][] = []
  let rest = letters
  while (rest.length && lines.length < box.lines) {
    const last = lines.length === box.lines - 1
    let fits = howManyFit(rest, box.width)
    if (fits < rest.length && last) {
      fits = howManyFit(rest, box.width - (dots?.advance ?? 0))
      lines.push([...rest.slice(0, fits), ...(dots ? [dots] : [])])
      break
    }
    if (fits < rest.length) fits = breakBefore(rest, fits)
    lines.push(rest.slice(0, fits))
    rest = rest.slice(fits)
    while (rest[0]?.character === " ") rest = rest.slice(1)
  }
  return lines.map((line, i) => place(line, { ...where, y: y + i * box.height }))
}

function howManyFit(letters: Letter[], width: number): number {
  let used = 0
  const over = letters.findIndex(({ advance }) => (used += advance) > width)
  return over < 0 ? letters.length : Math.max(1, over)
}

const isOfWord = (letter: Letter | undefined) => letter !== undefined && /[\p{Script=Latin}\d.,'’-]/u.test(letter.character)

function breakBefore(letters: Letter[], fits: number): number {
  let at = fits
  while (at > 0 && isOfWord(letters[at]) && isOfWord(letters[at - 1])) at--
  return at || fits
}
