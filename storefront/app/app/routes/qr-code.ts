import QRCode from "qrcode"
import type { LoaderFunctionArgs } from "react-router"

const MOST_LETTERS = 300
const A_DAY = 86_400

/** GET /qr.svg?text=: a text as a code for cameras. */
export async function loader({ request }: LoaderFunctionArgs) {
  const text = new URL(request.url).searchParams.get("text") ?? ""
  if (!text || text.length > MOST_LETTERS) throw new Response("no text, or too long", { status: 400 })
  const picture = await QRCode.toString(text, { type: "svg", margin: 0, errorCorrectionLevel: "M" })
  // A code may let somebody fetch their goods: it stays on this device.
  return new Response(picture, { headers: { "content-type": "image/svg+xml", "cache-control": `private, max-age=${A_DAY}` } })
}
