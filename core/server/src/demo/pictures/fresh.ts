import { dark, light } from "./colour"
import type { Shape } from "./easel"
import { gleam, leaf, oval, path, place, shadow, stroke } from "./marks"

const meat: Shape = (easel) => {
  const cut = (scale: number) => place(path("M-180 20C-190 -80 -90 -130 10 -116C120 -104 190 -50 180 40C170 116 60 130 -20 120C-110 110 -172 90 -180 20Z", easel.slope(light(easel.accent, 0.2))) + path("M-156 18C-160 -62 -80 -104 8 -92C104 -82 162 -40 154 36C144 96 56 106 -20 98C-96 90 -150 76 -156 18Z", easel.sphere(easel.body)) + stroke("M-100 -30Q-40 -60 20 -30T110 -20M-110 36Q-40 6 20 36T110 50M-30 76Q10 60 50 76", light(easel.accent, 0.45), 9, `opacity=".8"`) + oval(-96, 6, 24, "#f5e6d6", 20), 0, 0, 0, scale)
  return shadow(400, 618, 290) + oval(400, 590, 290, easel.slope("#d7a26a"), 58) + oval(400, 580, 280, "#e8bd88", 48) + place(cut(0.86), 480, 452, easel.between(-20, 0)) + place(cut(1), 360, 488, easel.between(-6, 14)) + place(leaf(easel, "#4d8f3f", 120, 28), 590, 580, 50) + place(leaf(easel, "#5fa54d", 100, 24), 600, 586, 84)
}

const fish: Shape = (easel) => {
  const one = path("M-230 0C-170 -110 0 -120 130 -30L220 -100Q200 0 220 100L130 30C0 120 -170 110 -230 0Z", easel.slope(easel.body)) + path("M-60 -84Q10 -150 70 -66Z", easel.slope(easel.accent)) + path("M-226 8C-160 92 0 100 130 30Q0 50 -226 8Z", light(easel.body, 0.6), `opacity=".7"`) + stroke("M-134 -58Q-96 0 -134 58", dark(easel.body, 0.3), 7) + [-70, -20, 30, 80].map((x) => stroke(`M${x} -34q22 16 0 32q22 16 0 32`, dark(easel.body, 0.18), 5)).join("") + oval(-172, -20, 16, "#ffffff") + oval(-172, -20, 9, "#22202b")
  const two = easel.pick([true, false])
  return shadow(400, 610, 300) + oval(400, 580, 310, easel.slope("#eef3f8"), 66) + oval(400, 572, 288, "#ffffff", 54) + (two ? place(one, 420, 400, easel.between(-10, 0), 0.86) : "") + place(one, 390, 510, easel.between(-8, 6)) + place(oval(0, 0, 46, "#f6c945") + oval(0, 0, 38, "#fff3bd") + stroke("M-30 0H30M-15 -26L15 26M15 -26L-15 26", "#f6c945", 6), 610, 560)
}

const prawn: Shape = (easel) => {
  const one = [0, 1, 2, 3, 4].map((part) => place(oval(0, 0, 62 - part * 7, easel.sphere(part % 2 ? light(easel.body, 0.18) : easel.body), 52 - part * 5), Math.cos(part * 0.62 - 2.6) * 130, Math.sin(part * 0.62 - 2.6) * 130 + 60)).join("") + path("M120 0L196 -16L176 26L204 60L130 40Z", easel.slope(easel.accent)) + stroke("M-150 20Q-220 -40 -190 -130M-146 30Q-250 20 -260 -70", dark(easel.body, 0.2), 6) + oval(-130, 4, 10, "#2b2230")
  return shadow(400, 630, 270) + oval(400, 600, 280, easel.slope("#dfeaf2"), 56) + place(one, 500, 430, easel.between(-16, 10), 0.8) + place(one, 350, 500, easel.between(-10, 16))
}

const egg: Shape = (easel) => {
  const one = path("M0 -104C60 -104 92 -20 88 24C84 80 44 104 0 104S-84 80 -88 24C-92 -20 -60 -104 0 -104Z", easel.sphere(easel.body)) + gleam("M-46 -34Q-36 -66 -16 -74", 13, 0.5)
  const back = easel.pick([[290, 410, 530], [330, 480]])
  return shadow(400, 646, 290) + back.map((x) => place(one, x, 430, easel.between(-14, 14), 0.9)).join("") + [230, 400, 570].map((x) => place(one, x, 510, easel.between(-10, 10))).join("") + path("M110 520Q140 500 170 540T290 550T400 546T510 550T630 540T690 520L650 630Q640 650 610 650H190Q160 650 150 630Z", easel.slope(easel.accent)) + stroke("M180 590H620", dark(easel.accent, 0.2), 6, `opacity=".4"`)
}

const fruitPlatter: Shape = (easel) => {
  const wedge = path("M-74 0A74 74 0 0 0 74 0Z", "#3f9a4b") + path("M-64 0A64 64 0 0 0 64 0Z", "#fff3e6") + path("M-58 0A58 58 0 0 0 58 0Z", easel.slope(easel.body))
  const ball = (colour: string, radius: number) => oval(0, 0, radius, easel.sphere(colour)) + gleam(`M${-radius * 0.5} ${-radius * 0.3}q4 -10 14 -12`, 6)
  const spots = Array.from({ length: 13 }, (_, at) => [210 + (at % 7) * 64 + easel.between(-10, 10), 520 - (at % 3) * 44 - (at > 6 ? 40 : 0)] as const)
  return shadow(400, 640, 270) + path("M360 560H440L460 630H340Z", easel.slope(light(easel.accent, 0.3))) + spots.map(([x, y], at) => place(at % 3 === 0 ? wedge : ball(at % 3 === 1 ? "#f59a23" : at % 2 ? "#7a3f92" : "#7cb342", at % 3 === 1 ? 46 : 36), x, y, at % 3 === 0 ? easel.between(-40, 10) : 0)).join("") + path("M110 540H690Q640 600 400 604T110 540Z", easel.slope(easel.accent)) + gleam("M170 556Q280 588 400 590", 8, 0.5)
}

const cake: Shape = (easel) => shadow(400, 640, 250) + oval(400, 620, 260, easel.slope("#f2eee8"), 40) + path("M210 420V590A190 34 0 0 0 590 590V420Z", easel.tube(easel.body)) + oval(400, 420, 190, light(easel.body, 0.55), 40) + path("M210 420Q220 490 250 450T310 470T370 460T430 480T490 456T550 476T590 420A190 40 0 0 1 210 420Z", easel.slope(easel.accent)) + [300, 366, 434, 500].map((x, at) => place(candle(easel.pick(["#f6c945", "#6cc5e8", "#f38ba8"])) + path("M0 -106Q16 -84 0 -72Q-16 -84 0 -106Z", "#ffb020"), x, 410 + (at % 2) * 12)).join("")

/** A candle of the cake, standing on the origin. */
function candle(colour: string): string {
  return stroke("M0 0V-62", colour, 14)
}

const popcorn: Shape = (easel) => {
  const puff = (x: number, y: number) => place(oval(-18, 6, 24, "#fff6d8") + oval(18, 4, 26, "#ffedb8") + oval(0, -16, 26, "#fffbe9") + oval(2, 4, 9, "#f0b93a"), x, y, easel.between(0, 360))
  return shadow(400, 646, 190) + Array.from({ length: 22 }, (_, at) => puff(266 + (at % 6) * 54 + easel.between(-12, 12), 356 - Math.floor(at / 6) * 36 + Math.abs((at % 6) - 2.5) * 12)).join("") + path("M236 370H564L520 646H280Z", easel.slope("#fffaf2")) + [0, 2, 4].map((at) => path(`M${236 + at * 65.6} 370h65.6L${280 + (at + 1) * 48} 646h-48Z`, easel.slope(easel.body))).join("") + oval(400, 510, 66, easel.accent) + oval(400, 510, 50, light(easel.accent, 0.7)) + puff(260, 664) + puff(566, 662)
}

/** Meat, fish, eggs and things served on a plate. */
export const freshShapes = { meat, fish, prawn, egg, cake, popcorn, "fruit-platter": fruitPlatter } satisfies Record<string, Shape>
