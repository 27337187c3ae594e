import type { Locale, ShopContext } from "@fangshi/contracts"
import { type ProductTile, formatMoney } from "@fangshi/storefront-kit"
import QRCode from "qrcode"
import sharp from "sharp"
import { drawLine, drawLines, firstLetter } from "../drawing/letters.server"
import { coloursOf, paint } from "../drawing/paint.server"
import { languageOf } from "../language"
import { inkOn } from "../theme-variables"
import { CARD } from "./Poster"
import { productAddress } from "./share-meta.server"

/** Everything a card shows: what it is known by, too. */
export type Card = { address: string; title: string; price: string; former: string; shop: string; sign: string; scan: string; picture: string | null; colours: ReturnType<typeof coloursOf> }

const PICTURE = 750
const EDGE = 44
const CODE = 188
const MOST_BYTES = 12_000_000
const MOST_PIXELS = 50_000_000
const MOST_MS = 4_000
/** SVG, of which sharp would run the whole language, is not among them. */
const KINDS = ["jpeg", "png", "webp", "gif", "heif"]

export function cardOf(shop: ShopContext, locale: Locale, tile: ProductTile): Card {
  const { t } = languageOf(locale, shop.theme)
  const money = (amount: number) => formatMoney(amount, shop.currency_code, locale)
  const price = tile.price === null ? "" : money(tile.price)
  return {
    address: productAddress(shop, locale, tile.handle),
    title: tile.title,
    price: tile.from && price ? t("share.from", { price }) : price,
    former: tile.original_price !== null && tile.price !== null && tile.original_price > tile.price ? money(tile.original_price) : "",
    shop: shop.name[locale],
    sign: shop.name["zh-CN"] + shop.name.en,
    scan: t("share.scan"),
    picture: tile.picture,
    colours: coloursOf(shop),
  }
}

/** The shop's own file, asked of the shop itself; whatever else an address names is not fetched. Null where there is no picture that can be drawn. */
async function loadPicture({ api, origin }: ShopContext, address: string | null): Promise<Buffer | null> {
  const url = address !== null && URL.canParse(address, origin) ? new URL(address, origin) : null
  if (url?.origin !== origin || !url.pathname.startsWith("/static/")) return null
  try {
    const answer = await fetch(api.base_url + url.pathname + url.search, { headers: api.headers, redirect: "error", signal: AbortSignal.timeout(MOST_MS) })
    if (!answer.ok || !(Number(answer.headers.get("content-length")) <= MOST_BYTES)) return null
    const bytes = Buffer.from(await answer.arrayBuffer())
    const picture = sharp(bytes, { limitInputPixels: MOST_PIXELS, animated: false })
    if (!KINDS.includes((await picture.metadata()).format)) return null
    return await picture.rotate().resize(PICTURE, PICTURE, { fit: "cover" }).timeout({ seconds: MOST_MS / 1000 }).toBuffer()
  } catch {
    return null
  }
}

/** The modules of a QR code as one path, a square each. */
function codePath(text: string): { path: string; size: number } {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: "M" })
  const dark = Array.from(modules.data).flatMap((on, i) => (on ? [`M${i % modules.size} ${Math.floor(i / modules.size)}h1v1h-1z`] : []))
  return { path: dark.join(""), size: modules.size }
}

/** Draws the card: picture, title, price, whose shop it is, and the code that leads there. */
export async function drawCard(shop: ShopContext, card: Card): Promise<Buffer> {
  const { width, height } = CARD
  const { primary, card: paper, ink, soft, line, price: priceInk } = card.colours
  const picture = await loadPicture(shop, card.picture)
  const letter = await firstLetter(card.sign)
  const code = codePath(card.address)
  const foot = height - EDGE - CODE
  const textWidth = width - EDGE * 2
  const titles = await drawLines(card.title, { size: 38, weight: 700, x: EDGE, y: 820 }, { width: textWidth, lines: 2, height: 54 })
  // One line stands in the middle of the place for two.
  const titleDown = titles.length === 1 ? 27 : 0
  const price = await drawLine(card.price, { size: 50, weight: 700, x: EDGE, y: foot + 40 })
  const former = await drawLine(card.former, { size: 26, weight: 400, x: EDGE, y: foot + 84 })
  const names = await drawLines(card.shop, { size: 28, weight: 700, x: EDGE + 60, y: height - EDGE - 46 }, { width: textWidth - CODE - 90, lines: 1, height: 0 })
  const scan = await drawLines(card.scan, { size: 22, weight: 400, x: EDGE + 60, y: height - EDGE - 12 }, { width: textWidth - CODE - 100, lines: 1, height: 0 })
  const sign = await drawLine(letter, { size: 30, weight: 700, x: EDGE + 23, y: height - EDGE - 32 + 11, align: "middle" })
  const empty = picture ? null : await drawLine(letter, { size: 300, weight: 700, x: PICTURE / 2, y: PICTURE / 2 + 110, align: "middle" })
  const shown = (lines: { path: string }[], fill: string) => lines.map(({ path }) => `<path d="${path}" fill="${fill}"/>`).join("")
  const at = { x: width - EDGE - CODE, y: foot }
  const quiet = 14
  const scale = (CODE - quiet * 2) / code.size
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="${paper}"/>` +
    `<rect width="${PICTURE}" height="${PICTURE}" fill="${primary}"/>${empty ? shown([empty], inkOn(primary)) : ""}` +
    `<g transform="translate(0 ${titleDown})">${shown(titles, ink)}</g>` +
    `<rect x="${EDGE}" y="${foot - 26}" width="${textWidth}" height="1.5" fill="${line}"/>` +
    shown([price], priceInk) +
    (card.former ? `${shown([former], soft)}<rect x="${EDGE}" y="${foot + 74}" width="${former.width}" height="2" fill="${soft}"/>` : "") +
    `<rect x="${EDGE}" y="${height - EDGE - 55}" width="46" height="46" rx="11" fill="${primary}"/>${shown([sign], inkOn(primary))}` +
    shown(names, ink) + shown(scan, soft) +
    `<rect x="${at.x}" y="${at.y}" width="${CODE}" height="${CODE}" rx="10" fill="#ffffff"/><path transform="translate(${at.x + quiet} ${at.y + quiet}) scale(${scale})" d="${code.path}" fill="#000000" shape-rendering="crispEdges"/></svg>`
  return paint(svg, { over: picture ? [{ input: picture, left: 0, top: 0 }] : [] })
}
