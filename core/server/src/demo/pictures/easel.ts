import type { SeedPicture } from "@fangshi/contracts"
import { dark, light } from "./colour"

/** Draws one shape as SVG markup on an 800 × 800 sheet; the ground lies at y = 640. */
export type Shape = (easel: Easel) => string

/** What a shape paints with: its colours, its gradients and its chance. The same seed gives the same chance. */
export class Easel {
  readonly body: string
  readonly accent: string
  readonly ground: string
  readonly #gradients: string[] = []
  #state = 2166136261

  constructor(picture: SeedPicture, seed: string) {
    ;[this.body, this.accent, this.ground] = picture.colours
    // FNV-1a: neighbouring handles such as tea-1 and tea-2 must not look alike.
    for (const character of `${picture.shape}:${seed}`) this.#state = Math.imul(this.#state ^ character.charCodeAt(0), 16777619)
  }

  /** The next number of the seeded row, from low up to high. */
  between(low: number, high: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return low + (((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * (high - low)
  }

  /** One of the choices, by the seed. */
  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[Math.floor(this.between(0, choices.length))] ?? choices[0]
  }

  #gradient(tag: string, stops: [number, string][]): string {
    const id = `g${this.#gradients.length}`
    this.#gradients.push(`<${tag} id="${id}">${stops.map(([at, colour]) => `<stop offset="${at}" stop-color="${colour}"/>`).join("")}</${tag.split(" ")[0]}>`)
    return `url(#${id})`
  }

  /** A ball lit from the upper left. */
  sphere(colour: string): string {
    return this.#gradient(`radialGradient cx=".36" cy=".3" r=".78"`, [[0, light(colour, 0.45)], [0.45, colour], [1, dark(colour, 0.32)]])
  }

  /** An upright cylinder: bright to the left of the middle, dark at both edges. */
  tube(colour: string): string {
    return this.#gradient("linearGradient", [[0, dark(colour, 0.22)], [0.16, colour], [0.32, light(colour, 0.4)], [0.55, colour], [1, dark(colour, 0.36)]])
  }

  /** A surface that is lit from above. */
  slope(colour: string): string {
    return this.#gradient(`linearGradient x2=".35" y2="1"`, [[0, light(colour, 0.24)], [0.5, colour], [1, dark(colour, 0.2)]])
  }

  /** The definitions that the fills above refer to. */
  definitions(): string {
    return this.#gradients.join("")
  }
}
