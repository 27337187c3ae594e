import type { Locale, ShopContext } from "@fangshi/contracts"
import { drawLine, drawLines, firstLetter } from "../drawing/letters.server"
import { coloursOf, paint } from "../drawing/paint.server"
import { stampOf } from "../drawing/send-picture.server"
import { inkOn } from "../theme-variables"

type Shop = Pick<ShopContext, "tenant_id" | "name" | "brand" | "theme">
type Picture = { stamp: string; draw: () => Promise<Buffer> }

/** Names of the pictures that stand for a shop, with the side of the square and how much of it the sign takes. */
const ICONS = {
  "icon-192": { side: 192, round: 0.22, sign: 0.62 },
  "icon-512": { side: 512, round: 0.22, sign: 0.62 },
  // Phones cut these to a shape of their own: the sign stays in the middle four fifths.
  "maskable-192": { side: 192, round: 0, sign: 0.48 },
  "maskable-512": { side: 512, round: 0, sign: 0.48 },
  "apple-touch-icon": { side: 180, round: 0, sign: 0.6 },
}
export type IconName = keyof typeof ICONS
const isIcon = (name: string): name is IconName => Object.hasOwn(ICONS, name)

const SHARE = { width: 1200, height: 630 }

async function drawIcon({ name, brand }: Shop, icon: IconName): Promise<Buffer> {
  const { side, round, sign } = ICONS[icon]
  const size = side * sign
  const { path } = await drawLine(await firstLetter(name["zh-CN"] + name.en), { size, weight: 700, x: side / 2, y: side / 2 + size * 0.37, align: "middle" })
  return paint(`<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><rect width="${side}" height="${side}" rx="${side * round}" fill="${brand.primary_colour}"/><path d="${path}" fill="${inkOn(brand.primary_colour)}"/></svg>`, { palette: false })
}

/** The shop's sign, name and slogan. What matters is in the middle: messengers cut a square out of it. */
async function drawShare(shop: Shop, locale: Locale): Promise<Buffer> {
  const { primary, accent } = coloursOf(shop)
  const { width, height } = SHARE
  const ink = inkOn(primary)
  const middle = { x: width / 2, align: "middle" as const }
  const letter = await drawLine(await firstLetter(shop.name["zh-CN"] + shop.name.en), { ...middle, size: 112, weight: 700, y: 231 })
  const name = await drawLines(shop.name[locale], { ...middle, size: 72, weight: 700, y: 400 }, { width: 1040, lines: 1, height: 0 })
  const slogan = await drawLines(shop.brand.slogan[locale], { ...middle, size: 34, weight: 400, y: 480 }, { width: 1000, lines: 2, height: 48 })
  return paint(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="${primary}"/>` +
      `<circle cx="1080" cy="70" r="210" fill="${accent}" opacity=".28"/><circle cx="90" cy="610" r="170" fill="${accent}" opacity=".2"/>` +
      `<rect x="510" y="100" width="180" height="180" rx="40" fill="${ink}"/><path d="${letter.path}" fill="${primary}"/>` +
      `<g fill="${ink}">${[...name, ...slogan].map(({ path }) => `<path d="${path}"/>`).join("")}</g></svg>`,
  )
}

/** The picture of a name, with the stamp its address carries; null for a name there is none of. */
export function brandPicture(shop: Shop, name: string): Picture | null {
  if (isIcon(name)) return { stamp: stampOf([name, shop.name, shop.brand.primary_colour]), draw: () => drawIcon(shop, name) }
  const locale = (["zh-CN", "en"] as const).find((each) => name === `share-${each}`)
  return locale ? { stamp: stampOf([name, shop.name, shop.brand, shop.theme]), draw: () => drawShare(shop, locale) } : null
}

/** Where a picture of the shop is; another address as soon as it shows something else. */
export const brandAddress = (shop: Shop, name: IconName | `share-${Locale}`): string => `/brand/${name}.${brandPicture(shop, name)?.stamp ?? ""}.png`
