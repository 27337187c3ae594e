/** What is used of opentype.js 2, which brings no types. */
declare module "opentype.js" {
  export type Command = { type: "M" | "L" | "Q" | "C" | "Z"; x?: number; y?: number; x1?: number; y1?: number; x2?: number; y2?: number }
  export type Path = { commands: Command[] }
  export type Glyph = { index: number; advanceWidth: number; getPath: (x: number, y: number, size: number, options: { variation: Record<string, number> }, font: Font) => Path }
  export type Font = { unitsPerEm: number; charToGlyph: (character: string) => Glyph }
  const opentype: { parse: (bytes: ArrayBuffer, options: { lowMemory: boolean }) => Font }
  export default opentype
}
