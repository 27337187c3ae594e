import { type Locale, MOST_PICTURE_BYTES, type ShopContext } from "@fangshi/contracts"
import type { Told } from "../member.server"
import type { SentPicture } from "./picture-form"

/** The whole form with its pictures; more is not read. */
const MOST_FORM_BYTES = 40 * 1024 * 1024

/** Reads a form with files, or null where it is larger than nine photos are. Throws an answer of 400 where the body is no form. */
export async function readPictureForm(request: Request): Promise<FormData | null> {
  let size = 0
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      size += chunk.length
      if (size > MOST_FORM_BYTES) controller.error(new Error("the form is too large"))
      else controller.enqueue(chunk)
    },
  })
  if (Number(request.headers.get("content-length")) > MOST_FORM_BYTES) return null
  try {
    return await new Response(request.body?.pipeThrough(counting), { headers: { "content-type": request.headers.get("content-type") ?? "" } }).formData()
  } catch {
    if (size > MOST_FORM_BYTES) return null
    throw new Response(null, { status: 400 })
  }
}

/** Sends one picture to a route below /store that takes them. */
export async function sendPicture(shop: ShopContext, locale: Locale, token: string | null, path: string, file: File): Promise<Told<SentPicture>> {
  // What is too large is refused with the same words as by the server, without sending it.
  const body = file.size > MOST_PICTURE_BYTES ? new Uint8Array(0) : await file.arrayBuffer()
  const answer = await fetch(`${shop.api.base_url}/store/${path}`, {
    method: "POST",
    headers: { ...shop.api.headers, "x-publishable-api-key": shop.publishable_key, "content-type": "application/octet-stream", ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body,
  })
  const said = (await answer.json()) as { picture?: SentPicture; code?: string; text?: Record<Locale, string> }
  if (said.picture) return { ok: true, value: said.picture }
  if (!said.text || answer.status >= 500) throw new Error(`a picture was answered ${answer.status}`)
  return { ok: false, code: said.code ?? "", text: said.text[locale] }
}

/** Sends the new pictures of a form after those sent before; stops at the first that cannot be used, keeping the others. `wrong` without a text: there are too many. */
export async function sendPictures(shop: ShopContext, locale: Locale, token: string | null, path: string, { sent, files }: { sent: SentPicture[]; files: File[] }, most: number): Promise<{ sent: SentPicture[]; wrong: boolean; text: string | null }> {
  if (sent.length + files.length > most) return { sent, wrong: true, text: null }
  const all = [...sent]
  for (const file of files) {
    const told = await sendPicture(shop, locale, token, path, file)
    if (!told.ok) return { sent: all, wrong: true, text: told.text }
    all.push({ id: told.value.id, url: told.value.url })
  }
  return { sent: all, wrong: false, text: null }
}
