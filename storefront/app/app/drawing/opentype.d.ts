/** What is used of opentype.js 2, which brings no types. */
declare module "opentype.js" {
  export type Path = { toPathData: (options: { decimalPlaces: number; flipY: boolean }) => string }
  export type Glyph = { index: number; advanceWidth: number; getPath: (x: number, y: number, size: number, options: { variation: Record<string, number> }, font: Font) => Path }
  export type Font = { unitsPerEm: number; charToGlyph: (character: string) => Glyph }
  const opentype: { parse: (bytes: ArrayBuffer, options: { lowMemory: boolean }) => Font }
  export default opentype
}
