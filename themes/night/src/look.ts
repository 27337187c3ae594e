import type { ThemeLook } from "@fangshi/contracts"

// Dark is what this theme is, not what it does on a dark screen.
const tokens = {
  "primary": "#7b2cbf",
  "accent": "#ff5fa2",
  "browser-bar": "#0a0714",
  "ink": "#f7f3ff",
  "ink-soft": "#b9aed2",
  "line": "#2c2344",
  "ground": "#0a0714",
  "card": "#161027",
  "bar": "rgba(10, 7, 20, .9)",
  "price": "#ffd166",
  "on-price": "#1d1300",
  "edge": "#5a4a80",
  "mute": "#2e2645",
  "on-mute": "#bcb1d4",
  "bad": "#ffb3ba",
  "bad-ground": "#3d1220",
  "good": "#8ef0c4",
  "good-ground": "#0d2f26",
  "radius": "22px",
  "neon-blue": "#4cc9f0",
  "neon-mint": "#4be1c3",
  "skyline": "#130c26",
  "skyline-far": "#1f1440",
}

export const look: ThemeLook = {
  name: "night",
  extends: "default",
  title: { "zh-CN": "夜色霓虹", en: "Neon night" },
  version: "1.0.0",
  tokens,
  dark: tokens,
}
