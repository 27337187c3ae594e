import { wrapLines } from "./wrap-lines"

/** What a poster says. `host`: who sells and where it is collected, the name first. `address`: where its code leads, at most 300 letters. */
export type Poster = { title: string; price: string; alone: string | null; notes: string[]; host: string[]; shop: string; scan: string; picture: string | null; address: string }

/** As the page looks: CSS colours and the names of fonts. */
export type PosterLook = { paper: string; ink: string; soft: string; price: string; primary: string; on_primary: string; line: string; family: string }

/** Its size in pixels. */
export const POSTER = { width: 750, height: 1240 }

const EDGE = 44
const PICTURE = 640
/** The white ground of the code; its quiet zone is four modules (ISO/IEC 18004). */
const CODE = 264
const QUIET = 4
const TEXT = POSTER.width - EDGE * 2

type Pen = CanvasRenderingContext2D

/** Draws the poster as a PNG. A picture that cannot be read is left out; throws where the code cannot be had. */
export async function drawPoster(poster: Poster, look: PosterLook): Promise<Blob> {
  const [code, picture] = await Promise.all([loadCode(poster.address), poster.picture ? loadImage(poster.picture).catch(() => null) : null, document.fonts.ready])
  const canvas = Object.assign(document.createElement("canvas"), POSTER)
  const pen = canvas.getContext("2d")
  if (!pen) throw new Error("there is no canvas to draw on")
  pen.fillStyle = look.paper
  pen.fillRect(0, 0, POSTER.width, POSTER.height)
  drawPicture(pen, picture, poster, look)
  drawPrice(pen, poster, look)
  const titles = write(pen, poster.title, { look, size: 36, weight: 700, y: 780, lines: 2, height: 48 })
  let y = 780 + titles * 48 + 4
  for (const note of poster.notes) y += 40 * write(pen, note, { look, size: 26, colour: look.soft, y, lines: 1, height: 40 })
  drawFoot(pen, poster, look, code)
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the poster could not be written"))), "image/png"))
}

type Writing = { look: PosterLook; size: number; weight?: number; colour?: string; x?: number; y: number; width?: number; lines: number; height: number }

/** Answers how many lines it took. */
function write(pen: Pen, text: string, { look, size, weight = 400, colour = look.ink, x = EDGE, y, width = TEXT, lines, height }: Writing): number {
  pen.font = `${weight} ${size}px ${look.family}`
  pen.fillStyle = colour
  const wrapped = wrapLines(text, (line) => pen.measureText(line).width, width, lines)
  for (const [i, line] of wrapped.entries()) pen.fillText(line, x, y + i * height)
  return wrapped.length
}

/** The middle of the picture; without one the shop's colour and the first character of its name. */
function drawPicture(pen: Pen, picture: HTMLImageElement | null, { shop }: Poster, look: PosterLook): void {
  if (picture) {
    const { naturalWidth: wide, naturalHeight: high } = picture
    const scale = Math.max(POSTER.width / wide, PICTURE / high)
    const [w, h] = [POSTER.width / scale, PICTURE / scale]
    return pen.drawImage(picture, (wide - w) / 2, (high - h) / 2, w, h, 0, 0, POSTER.width, PICTURE)
  }
  pen.fillStyle = look.primary
  pen.fillRect(0, 0, POSTER.width, PICTURE)
  pen.textAlign = "center"
  write(pen, [...shop][0] ?? "", { look, size: 280, weight: 700, colour: look.on_primary, x: POSTER.width / 2, y: PICTURE / 2 + 100, lines: 1, height: 0 })
  pen.textAlign = "start"
}

function drawPrice(pen: Pen, { price, alone }: Poster, look: PosterLook): void {
  write(pen, price, { look, size: 56, weight: 700, colour: look.price, y: 718, lines: 1, height: 0 })
  if (!alone) return
  const x = EDGE + pen.measureText(price).width + 20
  write(pen, alone, { look, size: 26, colour: look.soft, x, y: 718, lines: 1, height: 0 })
  pen.fillRect(x, 709, pen.measureText(alone).width, 2)
}

function drawFoot(pen: Pen, { host: [name, ...place], shop, scan }: Poster, look: PosterLook, code: Code): void {
  const top = POSTER.height - EDGE - CODE
  const width = TEXT - CODE - 24
  pen.fillStyle = look.line
  pen.fillRect(EDGE, top - 24, TEXT, 2)
  let y = top + 34
  if (name) y += 46 * write(pen, name, { look, size: 32, weight: 700, y, width, lines: 1, height: 46 })
  for (const each of place) y += 34 * write(pen, each, { look, size: 24, colour: look.soft, y, width, lines: 2, height: 34 })
  write(pen, shop, { look, size: 26, weight: 700, y: POSTER.height - EDGE - 42, width, lines: 1, height: 0 })
  write(pen, scan, { look, size: 22, colour: look.soft, y: POSTER.height - EDGE - 6, width, lines: 1, height: 0 })
  const left = POSTER.width - EDGE - CODE
  pen.fillStyle = "#ffffff"
  pen.fillRect(left, top, CODE, CODE)
  // Whole pixels for each module: cameras read edges.
  const side = Math.floor(CODE / (code.modules + QUIET * 2)) * code.modules
  const inset = Math.round((CODE - side) / 2)
  pen.imageSmoothingEnabled = false
  pen.drawImage(code.image, left + inset, top + inset, side, side)
}

type Code = { image: HTMLImageElement; modules: number }

/** The same code as everywhere in the shop, with sides of its own: without them not every browser draws it. */
async function loadCode(text: string): Promise<Code> {
  const answer = await fetch(`/qr.svg?text=${encodeURIComponent(text)}`)
  const drawn = await answer.text()
  const modules = Number(/viewBox="0 0 (\d+) \d+"/.exec(drawn)?.[1])
  if (!answer.ok || !modules) throw new Error(`no code: ${answer.status}`)
  const sides = `<svg width="${modules * 8}" height="${modules * 8}" `
  return { image: await loadImage(`data:image/svg+xml,${encodeURIComponent(drawn.replace("<svg ", sides))}`), modules }
}

async function loadImage(address: string): Promise<HTMLImageElement> {
  const image = new Image()
  // Refused rather than a canvas that cannot be read any more.
  image.crossOrigin = "anonymous"
  image.src = address
  await image.decode()
  return image
}
