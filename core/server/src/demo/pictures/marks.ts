import { dark, light } from "./colour"
import type { Easel } from "./easel"

/** A filled path. */
export const path = (d: string, fill: string, more = ""): string => `<path d="${d}" fill="${fill}" ${more}/>`

/** A line with round ends. */
export const stroke = (d: string, colour: string, width: number, more = ""): string =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`

/** An ellipse; a circle when ry is left out. */
export const oval = (cx: number, cy: number, rx: number, fill: string, ry = rx, more = ""): string =>
  `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="${fill}" ${more}/>`

/** A rectangle with rounded corners. */
export const slab = (x: number, y: number, width: number, height: number, radius: number, fill: string, more = ""): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}" ${more}/>`

/** Moves, turns (degrees) and scales a group about its own origin. */
export const place = (inner: string, x: number, y: number, turn = 0, scale = 1): string =>
  `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn.toFixed(1)}) scale(${scale.toFixed(3)})">${inner}</g>`

/** The soft shadow where a thing touches the ground. */
export const shadow = (cx: number, y: number, rx: number): string => oval(cx, y, rx, "url(#shadow)", rx * 0.16)

/** A white gleam; wide and faint on matt things, narrow and strong on glass. */
export const gleam = (d: string, width: number, opacity = 0.45): string => stroke(d, "#ffffff", width, `opacity="${opacity}"`)

/** A pointed leaf that grows from the origin upwards, `length` high. */
export function leaf(easel: Easel, colour: string, length: number, width: number): string {
  return path(`M0 0C${-width} ${-length * 0.3} ${-width} ${-length * 0.75} 0 ${-length}C${width} ${-length * 0.75} ${width} ${-length * 0.3} 0 0Z`, easel.slope(colour)) + stroke(`M0 ${-length * 0.06}V${-length * 0.8}`, light(colour, 0.45), Math.max(3, width * 0.1), `opacity=".7"`)
}

/** The printed emblem of a label, centred on the origin, about 2 × size wide. It carries no letters: bare machines have no fonts. */
export function emblem(easel: Easel, colour: string, size: number): string {
  const kind = easel.pick(["leaf", "sun", "drop", "hills", "rings", "flower"])
  if (kind === "leaf") return place(leaf(easel, colour, size * 1.7, size * 0.7), -size * 0.1, size * 0.8, 28) + place(leaf(easel, dark(colour, 0.15), size * 1.2, size * 0.5), 0, size * 0.8, -34)
  if (kind === "sun") return oval(0, 0, size * 0.55, colour) + Array.from({ length: 10 }, (_, ray) => place(slab(-size * 0.06, -size, size * 0.12, size * 0.28, size * 0.06, colour), 0, 0, ray * 36)).join("")
  if (kind === "drop") return path(`M0 ${-size}C${size * 0.9} ${size * 0.1} ${size * 0.7} ${size} 0 ${size}S${-size * 0.9} ${size * 0.1} 0 ${-size}Z`, colour) + gleam(`M${-size * 0.3} ${size * 0.3}Q${-size * 0.25} ${size * 0.6} 0 ${size * 0.68}`, size * 0.12, 0.7)
  if (kind === "hills") return oval(size * 0.4, -size * 0.45, size * 0.3, light(colour, 0.35)) + path(`M${-size} ${size * 0.7}L${-size * 0.3} ${-size * 0.5}L${size * 0.2} ${size * 0.7}Z`, colour) + path(`M${-size * 0.2} ${size * 0.7}L${size * 0.4} ${-size * 0.1}L${size} ${size * 0.7}Z`, dark(colour, 0.18))
  if (kind === "rings") return oval(0, 0, size, colour) + oval(0, 0, size * 0.72, light(colour, 0.75)) + oval(0, 0, size * 0.42, colour)
  return Array.from({ length: 6 }, (_, petal) => place(oval(0, -size * 0.58, size * 0.3, colour, size * 0.42), 0, 0, petal * 60)).join("") + oval(0, 0, size * 0.26, light(colour, 0.7))
}

/** A printed label on a packet: ground, coloured band and emblem, arranged by the seed. */
export function label(easel: Easel, x: number, y: number, width: number, height: number, colour = easel.accent): string {
  const paper = light(colour, 0.86)
  const band = easel.pick(["foot", "head", "wave", "frame"])
  const parts = [slab(x, y, width, height, 10, paper)]
  if (band === "foot") parts.push(slab(x, y + height * 0.74, width, height * 0.26, 8, colour))
  if (band === "head") parts.push(slab(x, y, width, height * 0.2, 8, colour))
  if (band === "wave") parts.push(path(`M${x} ${y + height * 0.78}q${width / 4} ${-height * 0.16} ${width / 2} 0t${width / 2} 0V${y + height - 8}q0 8 -8 8H${x + 8}q-8 0 -8 -8Z`, colour))
  if (band === "frame") parts.push(slab(x + 10, y + 10, width - 20, height - 20, 6, "none", `stroke="${colour}" stroke-width="5"`))
  parts.push(place(emblem(easel, colour, Math.min(width, height) * 0.27), x + width / 2, y + height * (band === "head" ? 0.58 : band === "frame" ? 0.5 : 0.4)))
  return parts.join("")
}
