import type { ReactNode } from "react"

const fill = (token: string) => `var(--fs-${token})`

const DRAWINGS: readonly (readonly [handles: RegExp, drawing: ReactNode])[] = [
  [/veg|green|leaf|fresh/, <><path d="M24 22c-3 8-7 13-7 18 0 3 3 4 7 4s7-1 7-4c0-5-4-10-7-18Z" fill={fill("cream")} /><path d="M23 30C9 31 4 19 9 9c6 1 10 5 12 11C20 12 21 7 24 3c3 4 4 9 3 17 2-6 6-10 12-11 5 10 0 22-14 21Z" fill={fill("leaf")} /><path d="M24 40V12M24 30 13 16M24 30l11-14" stroke={fill("leaf-deep")} strokeWidth="2" fill="none" strokeLinecap="round" /></>],
  [/fruit/, <><circle cx="18" cy="29" r="13" fill={fill("carrot")} /><circle cx="32" cy="32" r="11" fill={fill("tomato")} /><path d="M19 16c0-6 5-10 12-10 0 6-5 10-12 10Z" fill={fill("leaf")} /><path d="M19 16c-1-4-3-6-6-8" stroke={fill("wood-deep")} strokeWidth="2.4" fill="none" strokeLinecap="round" /><path d="M10 26c1-4 3-6 6-7M26 31c0-3 2-5 4-6" stroke={fill("cream")} strokeWidth="2.4" fill="none" strokeLinecap="round" opacity=".8" /></>],
  [/meat|egg|poultry/, <><ellipse cx="17" cy="24" rx="11" ry="14" fill={fill("shell")} transform="rotate(-12 17 24)" /><ellipse cx="31" cy="26" rx="11" ry="14" fill={fill("cream")} transform="rotate(10 31 26)" /><path d="M4 30h40c-1 9-7 14-20 14S5 39 4 30Z" fill={fill("wood")} /><path d="M8 36h32" stroke={fill("wood-deep")} strokeWidth="2.4" strokeDasharray="5 4" /></>],
  [/sea|fish|prawn/, <><path d="M5 25c7-13 20-15 29-4l9-7c-2 7-2 15 0 22l-9-7C25 40 12 38 5 25Z" fill={fill("water")} /><path d="M5 25c7 13 20 11 29 2-9 2-20 3-29-2Z" fill={fill("cream")} opacity=".75" /><circle cx="13" cy="22" r="2.4" fill={fill("ink")} /><path d="M19 18q3 6 0 12M26 20q2 5 0 9" stroke={fill("cream")} strokeWidth="2" fill="none" strokeLinecap="round" /></>],
  [/grain|rice|oil|flour/, <><path d="M10 24c1-10 8-14 14-14s13 4 14 14Z" fill={fill("cream")} /><path d="M16 17l3 2M23 13l2 3M30 17l-3 3M21 20l3 1" stroke={fill("shell")} strokeWidth="2" strokeLinecap="round" /><path d="M4 23h40c0 11-6 17-13 19v3H17v-3C10 40 4 34 4 23Z" fill={fill("tomato")} /><path d="M10 31q14 5 28 0" stroke={fill("cream")} strokeWidth="2.4" fill="none" strokeLinecap="round" /></>],
  [/dairy|milk|drink/, <><path d="M14 16 18 8h12l4 8v27H14Z" fill={fill("cream")} /><path d="M14 24h20v12H14Z" fill={fill("water")} /><path d="M18 8h12V4H18ZM14 16h20" fill={fill("water")} stroke={fill("water")} strokeWidth="2" /><path d="M19 30q2.5-3 5 0t5 0" stroke={fill("cream")} strokeWidth="2.4" fill="none" strokeLinecap="round" /></>],
  [/tea|coffee/, <><path d="M8 20h26v11c0 7-5 11-13 11S8 38 8 31Z" fill={fill("leaf")} /><path d="M34 23h3a5 5 0 0 1 0 11h-4" stroke={fill("leaf")} strokeWidth="3.5" fill="none" /><ellipse cx="21" cy="20" rx="13" ry="3.6" fill={fill("yolk")} /><path d="M16 13c-2-3 2-4 0-8M25 13c-2-3 2-4 0-8" stroke={fill("shell")} strokeWidth="2.4" fill="none" strokeLinecap="round" /></>],
  [/dried|mushroom/, <><path d="M5 26C5 14 13 7 24 7s19 7 19 19c0 3-9 4-19 4S5 29 5 26Z" fill={fill("wood")} /><path d="M18 29h12c0 6 1 9 3 13-5 3-13 3-18 0 2-4 3-7 3-13Z" fill={fill("cream")} /><circle cx="16" cy="18" r="3" fill={fill("shell")} /><circle cx="27" cy="14" r="3.5" fill={fill("shell")} /><circle cx="35" cy="22" r="2.5" fill={fill("shell")} /></>],
  [/cured|pickle|jam|honey/, <><path d="M11 15h26v24c0 3-2 5-5 5H16c-3 0-5-2-5-5Z" fill={fill("yolk")} /><path d="M11 28h26v11c0 3-2 5-5 5H16c-3 0-5-2-5-5Z" fill={fill("carrot")} /><path d="M9 6h30v9H9Z" fill={fill("tomato")} /><rect x="16" y="22" width="16" height="13" rx="2" fill={fill("cream")} /></>],
  [/snack|sweet|cake|biscuit/, <><circle cx="24" cy="25" r="19" fill={fill("shell")} /><path d="M24 6a19 19 0 0 0-17 28A19 19 0 0 1 24 6Z" fill={fill("cream")} opacity=".5" /><g fill={fill("wood-deep")}><circle cx="17" cy="19" r="3.2" /><circle cx="30" cy="17" r="2.6" /><circle cx="33" cy="29" r="3.2" /><circle cx="21" cy="32" r="3" /><circle cx="25" cy="25" r="2" /></g></>],
  [/farm|seed|garden/, <><path d="M5 36c4-7 34-7 38 0l-3 8H8Z" fill={fill("wood")} /><path d="M24 35V18" stroke={fill("leaf-deep")} strokeWidth="3" strokeLinecap="round" /><path d="M24 23C12 23 9 15 9 9c9 0 15 4 15 14ZM24 19c0-9 5-14 15-14 0 9-5 14-15 14Z" fill={fill("leaf")} /></>],
  [/house|daily|clean|home/, <><path d="M17 18h14l3 8v15c0 2-1 3-3 3H17c-2 0-3-1-3-3V26Z" fill={fill("water")} /><path d="M19 11h10v8H19Z" fill={fill("cream")} /><path d="M15 5h15l5 6H19v-2h-4Z" fill={fill("tomato")} /><rect x="18" y="28" width="12" height="10" rx="2" fill={fill("cream")} /><path d="M38 8h4M37 4l4-2M37 12l4 2" stroke={fill("water")} strokeWidth="2" strokeLinecap="round" /></>],
  [/service|voucher|card|ticket/, <><path d="M5 14h38v7a4 4 0 0 0 0 8v7H5v-7a4 4 0 0 0 0-8Z" fill={fill("plum")} /><path d="M31 15v20" stroke={fill("cream")} strokeWidth="2.4" strokeDasharray="3 3.5" /><path d="m18 18 2.200 4.600 5 .6-3.700 3.400 1 5-4.5-2.5-4.5 2.5 1-5-3.700-3.400 5-.6Z" fill={fill("yolk")} /></>],
]

/** A drawing for a category, by what its handle speaks of; null where none fits. */
export function categoryDrawing(handle: string): ReactNode {
  const found = DRAWINGS.find(([handles]) => handles.test(handle))
  return found ? <svg viewBox="0 0 48 48" width="48" height="48" aria-hidden="true">{found[1]}</svg> : null
}

const line = { width: 24, height: 24, viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", strokeWidth: 2, strokeLinecap: "round", strokeLinejoin: "round", "aria-hidden": true } as const
export const SearchIcon = () => <svg {...line}><circle cx="11" cy="11" r="7" /><path d="m20 20-4-4" /></svg>
export const StallIcon = () => <svg {...line}><path d="M4 10v10h16V10" /><path d="M3 10 5 4h14l2 6a3 3 0 0 1-6 0 3 3 0 0 1-6 0 3 3 0 0 1-6 0Z" /><path d="M9 20v-6h6v6" /></svg>
export const ShelfIcon = () => <svg {...line}><circle cx="7.5" cy="7.5" r="3.5" /><circle cx="16.5" cy="7.5" r="3.5" /><circle cx="7.5" cy="16.5" r="3.5" /><circle cx="16.5" cy="16.5" r="3.5" /></svg>
export const BasketIcon = () => <svg {...line}><path d="M3 10h18l-2 10H5Z" /><path d="m8 10 4-7 4 7M9 14v3M12 14v3M15 14v3" /></svg>
export const PinIcon = () => <svg {...line}><path d="M12 21s7-6.5 7-11.5A7 7 0 0 0 5 9.5C5 14.5 12 21 12 21Z" /><circle cx="12" cy="9.5" r="2.5" /></svg>
export const PurseIcon = () => <svg {...line}><path d="M4 8c0 0 3 3 8 3s8-3 8-3l1 9a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3Z" /><path d="M8 8a4 4 0 0 1 8 0M12 14v2" /></svg>
export const PhoneIcon = () => <svg {...line}><path d="M6 3h3l2 5-2 2a12 12 0 0 0 5 5l2-2 5 2v3a3 3 0 0 1-3 3C10 21 3 14 3 6a3 3 0 0 1 3-3Z" /></svg>
export const NeighbourIcon = () => <svg {...line}><circle cx="12" cy="8" r="4" /><path d="M4 21c1-5 4-7 8-7s7 2 8 7" /></svg>
