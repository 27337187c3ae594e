import { dark, light } from "./colour"
import type { Easel, Shape } from "./easel"
import { gleam, leaf, oval, path, place, shadow, stroke } from "./marks"

/** Two, three or four of one fruit, the hindmost first, so that a heap differs from product to product. */
function heap(easel: Easel, radius: number, one: (turn: number) => string): string {
  const spots = easel.pick<[number, number, number][]>([
    [[300, 640 - radius, 1], [510, 640 - radius * 0.92, 0.92]],
    [[400, 640 - radius * 1.75, 0.86], [285, 640 - radius, 1], [520, 640 - radius, 1]],
    [[470, 640 - radius * 1.5, 0.92], [250, 640 - radius * 0.84, 0.84], [400, 640 - radius, 1], [565, 640 - radius * 0.78, 0.78]],
  ])
  return shadow(400, 640, 290) + spots.map(([x, y, scale]) => place(one(easel.between(-16, 16)), x, y, easel.between(-10, 10), scale)).join("")
}

const apple: Shape = (easel) => {
  const skin = easel.sphere(easel.body)
  return heap(easel, 128, () => path("M0 -92C60 -142 142 -96 132 10C124 96 60 138 0 116C-60 138 -124 96 -132 10C-142 -96 -60 -142 0 -92Z", skin) + oval(0, -92, 34, dark(easel.body, 0.3), 12) + stroke("M0 -90Q4 -130 22 -150", "#6b4a2f", 10) + place(leaf(easel, easel.accent, 90, 30), 14, -126, 62) + gleam("M-86 -40Q-74 -76 -42 -84", 18))
}

const citrus: Shape = (easel) => {
  const skin = easel.sphere(easel.body)
  const slice = oval(0, 0, 112, easel.body) + oval(0, 0, 101, light(easel.body, 0.8)) + Array.from({ length: 9 }, (_, part) => place(path("M0 -8L-27 -76Q0 -104 27 -76Z", light(easel.body, 0.22)), 0, 0, part * 40)).join("")
  return heap(easel, 124, () => oval(0, 0, 126, skin, 120) + path("M-20 -114L0 -98L20 -114L8 -122L-8 -122Z", dark(easel.accent, 0.2)) + place(leaf(easel, easel.accent, 104, 34), 6, -112, 68) + gleam("M-82 -30Q-72 -70 -36 -84", 16)) + place(slice, easel.between(590, 630), 548, easel.between(0, 40), 0.8)
}

const tomato: Shape = (easel) => {
  const skin = easel.sphere(easel.body)
  return heap(easel, 122, (turn) => path("M0 -98C86 -130 146 -60 132 20C118 100 50 122 0 120C-50 122 -118 100 -132 20C-146 -60 -86 -130 0 -98Z", skin) + Array.from({ length: 5 }, (_, sepal) => place(path("M-9 0Q-12 -44 0 -66Q12 -44 9 0Z", easel.accent), 0, -88, turn + sepal * 72)).join("") + gleam("M-88 -20Q-80 -58 -48 -72", 18))
}

const mango: Shape = (easel) => {
  const skin = easel.sphere(easel.body)
  return heap(easel, 124, () => place(path("M-150 20C-140 -70 -30 -116 60 -96C140 -78 172 -10 140 50C104 114 -10 128 -76 108C-130 92 -156 60 -150 20Z", skin) + path("M60 -96C140 -78 172 -10 140 50C120 20 110 -50 60 -96Z", easel.accent, `opacity=".42"`) + stroke("M62 -94Q70 -114 88 -120", "#6b4a2f", 10) + gleam("M-102 0Q-80 -46 -30 -62", 18), 0, 0, -12))
}

const melon: Shape = (easel) => {
  const wedge = path("M-170 0A170 170 0 0 0 170 0Z", dark(easel.body, 0.1)) + path("M-154 0A154 154 0 0 0 154 0Z", light(easel.body, 0.75)) + path("M-138 0A138 138 0 0 0 138 0Z", easel.slope(easel.accent)) + [[-80, 30], [-30, 68], [28, 30], [40, 92], [84, 44]].map(([x = 0, y = 0]) => oval(x, y, 7, dark(easel.accent, 0.7), 11)).join("")
  const stripes = [-112, -58, 0, 58, 112].map((x) => stroke(`M${x * 0.2} -176Q${x * 1.7} 0 ${x * 0.2} 176`, dark(easel.body, 0.36), 13, `opacity=".55" stroke-dasharray="46 9 22 7"`)).join("")
  return shadow(400, 642, 300) + place(oval(0, 0, 190, easel.sphere(easel.body), 180) + stripes + stroke("M0 -178Q10 -214 40 -218", dark(easel.body, 0.4), 12) + gleam("M-130 -50Q-112 -108 -60 -132", 20, 0.35), easel.between(330, 370), 460) + place(wedge, 560, 500, easel.between(-26, -8), 0.86)
}

const berry: Shape = (easel) => {
  const skin = easel.sphere(easel.body)
  const seeds = [[-40, -30], [0, -40], [40, -30], [-56, 10], [-20, 6], [20, 6], [56, 10], [-32, 46], [4, 50], [36, 44], [0, 86]].map(([x = 0, y = 0]) => oval(x, y, 4, light(easel.body, 0.72), 8)).join("")
  return heap(easel, 120, () => path("M0 130C-60 110 -116 20 -106 -40C-96 -96 -40 -96 0 -84C40 -96 96 -96 106 -40C116 20 60 110 0 130Z", skin) + seeds + [-70, -36, 0, 36, 70].map((turn) => place(leaf(easel, easel.accent, 74, 22), 0, -78, turn * 1.3)).join("") + gleam("M-82 -34Q-78 -62 -52 -70", 14))
}

const grape: Shape = (easel) => {
  const skin = easel.sphere(easel.body)
  const rows = [5, 6, 5, 4, 3, 2, 1].slice(easel.pick([0, 1]))
  const balls = rows.flatMap((count, row) => Array.from({ length: count }, (_, at) => oval(400 + (at - (count - 1) / 2) * 72 + easel.between(-6, 6), 278 + row * 58, 43, skin) + gleam(`M${382 + (at - (count - 1) / 2) * 72} ${262 + row * 58}q6 -10 14 -11`, 8, 0.5)))
  return shadow(400, 664, 190) + stroke("M400 270Q396 200 430 160", "#7a5a38", 16) + place(leaf(easel, easel.accent, 150, 62), 410, 230, 70) + place(leaf(easel, easel.accent, 130, 54), 400, 230, -66) + balls.join("")
}

const leafyVegetable: Shape = (easel) => {
  const stalk = easel.slope(easel.accent)
  const leaves = Array.from({ length: easel.pick([7, 9]) }, (_, at) => at)
  const spread = 76 / (leaves.length - 1)
  return shadow(400, 650, 210) + leaves.map((at) => place(path("M-15 0Q-20 -150 -9 -260L9 -260Q20 -150 15 0Z", stalk) + path("M0 -190C-66 -190 -92 -270 -78 -330C-96 -380 -44 -432 0 -424C44 -432 96 -380 78 -330C92 -270 66 -190 0 -190Z", easel.slope(at % 2 ? easel.body : dark(easel.body, 0.14))) + stroke("M0 -200V-390M0 -260l-42 -44M0 -260l42 -44M0 -320l-36 -38M0 -320l36 -38", light(easel.body, 0.4), 6, `opacity=".65"`), 400, 646, at * spread - 38 + easel.between(-3, 3), 0.88 + easel.between(0, 0.12))).join("") + path("M352 560Q400 584 448 560L452 596Q400 620 348 596Z", "#d8b26a")
}

const rootVegetable: Shape = (easel) => {
  const root = easel.slope(easel.body)
  const one = [-26, 0, 26].map((turn) => place(leaf(easel, easel.accent, 130, 24), 0, -150, turn)).join("") + path("M-62 -130Q-40 -168 0 -164Q40 -168 62 -130Q70 20 0 220Q-70 20 -62 -130Z", root) + stroke("M-46 -70h40M10 -20h34M-34 40h30M0 96h18", dark(easel.body, 0.25), 6, `opacity=".5"`) + gleam("M-34 -116Q-38 -40 -24 20", 12, 0.35)
  const turns = easel.pick<[number, ...number[]]>([[-24, 6, 30], [-16, 18], [-34, -6, 22]])
  return shadow(400, 646, 220) + turns.map((turn, at) => place(one, 400 + (at - (turns.length - 1) / 2) * 130, 428, turn * 0.7)).join("")
}

const pepper: Shape = (easel) => {
  const skin = easel.slope(easel.body)
  const one = path("M-44 -120C-10 -150 40 -146 56 -100C76 -20 40 110 -50 190C-30 90 -66 -30 -44 -120Z", skin) + path("M-48 -112Q0 -160 56 -104Q20 -124 4 -104Q-20 -124 -48 -112Z", easel.accent) + stroke("M4 -134Q10 -176 40 -190", easel.accent, 16) + gleam("M-12 -90Q-2 -20 -12 50", 13, 0.5)
  return shadow(400, 642, 240) + Array.from({ length: easel.pick([3, 4]) }, (_, at) => place(one, 260 + at * 92, 440 + easel.between(-12, 12), easel.between(-24, 24))).join("")
}

const potato: Shape = (easel) => {
  const skin = easel.sphere(easel.body)
  return heap(easel, 116, () => path("M-134 10C-130 -70 -60 -108 20 -98C100 -90 146 -40 134 30C122 96 40 118 -30 108C-92 100 -138 66 -134 10Z", skin) + [[-60, -20], [10, 30], [66, -24], [-20, -58]].map(([x = 0, y = 0]) => stroke(`M${x} ${y}q9 7 18 0`, dark(easel.body, 0.35), 6)).join("") + gleam("M-96 -24Q-80 -58 -40 -70", 14, 0.3))
}

const corn: Shape = (easel) => {
  const kernel = easel.sphere(easel.body)
  const grains = Array.from({ length: 11 }, (_, row) => Array.from({ length: 5 }, (_, at) => oval((at - 2) * (row < 2 ? 18 : 27), -190 + row * 34, 15, kernel, 19)).join("")).join("")
  const one = oval(0, -10, 74, dark(easel.body, 0.14), 210) + grains + path("M-20 220C-120 140 -110 -20 -80 -80C-70 40 -40 140 20 220Z", easel.slope(easel.accent)) + path("M20 220C120 140 110 -20 84 -60C70 60 30 150 -20 220Z", easel.slope(dark(easel.accent, 0.12)))
  return shadow(400, 650, 200) + place(one, 310, 420, easel.between(-20, -10), 0.96) + place(one, 490, 424, easel.between(8, 18))
}

const mushroom: Shape = (easel) => {
  const one = path("M-42 0Q-30 100 -52 170Q0 196 52 170Q30 100 42 0Z", easel.slope(easel.accent)) + path("M-150 20C-150 -90 -70 -140 0 -140C70 -140 150 -90 150 20C90 48 -90 48 -150 20Z", easel.sphere(easel.body)) + path("M-140 24C-90 46 90 46 140 24Q80 66 0 66T-140 24Z", dark(easel.accent, 0.16)) + gleam("M-108 -40Q-86 -92 -36 -106", 16, 0.35)
  return shadow(400, 646, 240) + place(one, 520, 520, easel.between(6, 20), 0.7) + place(one, easel.between(340, 370), 464) + place(one, 236, 556, easel.between(-20, -6), 0.5)
}

/** Vegetables and fruit. */
export const produceShapes = { apple, citrus, tomato, mango, melon, berry, grape, corn, mushroom, potato, pepper, "leafy-vegetable": leafyVegetable, "root-vegetable": rootVegetable } satisfies Record<string, Shape>
