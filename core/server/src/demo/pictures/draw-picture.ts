import type { SeedPicture } from "@fangshi/contracts"
import sharp from "sharp"
import { dark, light } from "./colour"
import { Easel } from "./easel"
import { shapeNames, shapes } from "./shapes"

export { shapeNames }

/** Draws a product's picture as an 800 × 800 WebP. The same picture and seed give the same bytes. Throws RangeError for a shape that shapeNames does not list. */
export async function drawPicture(picture: SeedPicture, seed: string): Promise<Buffer> {
  const shape = shapes.get(picture.shape)
  if (!shape) throw new RangeError(`Unknown picture shape "${picture.shape}"; known are ${shapeNames.join(", ")}.`)
  const easel = new Easel(picture, seed)
  const glow = `<circle cx="${easel.between(180, 620).toFixed(0)}" cy="${easel.between(160, 340).toFixed(0)}" r="${easel.between(240, 330).toFixed(0)}" fill="#ffffff" opacity=".3"/>`
  const scene = shape(easel)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="800"><defs><linearGradient id="wall" x2=".3" y2="1"><stop offset="0" stop-color="${light(easel.ground, 0.5)}"/><stop offset="1" stop-color="${easel.ground}"/></linearGradient><radialGradient id="shadow"><stop offset="0" stop-color="${dark(easel.ground, 0.75)}" stop-opacity=".5"/><stop offset="1" stop-color="${dark(easel.ground, 0.75)}" stop-opacity="0"/></radialGradient>${easel.definitions()}</defs><rect width="800" height="800" fill="url(#wall)"/>${glow}<g transform="translate(-72 -112) scale(1.18)">${scene}</g></svg>`
  return sharp(Buffer.from(svg)).webp({ quality: 84, effort: 1 }).toBuffer()
}
