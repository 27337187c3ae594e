import { Writable } from "node:stream"
import { MarkupKeeperProvider, assertParts } from "@fangshi/storefront-kit"
import { renderToPipeableStream } from "react-dom/server"
import { type AppLoadContext, type EntryContext, ServerRouter, isRouteErrorResponse } from "react-router"
import plugins from "virtual:fangshi-plugins"
import { keepMarkup } from "./kept-markup.server"
import { addPlugin, completePlugin, pluginsNamed } from "./plugins"
import { loadAllTexts } from "./texts"
import { loadAllThemes } from "./themes"

for (const [name, parts] of plugins) {
  addPlugin(name, parts)
  await completePlugin(name)
  for (const [, complete] of pluginsNamed([name])) assertParts(name, complete)
}
await Promise.all([loadAllThemes(), loadAllTexts()])

const GIVE_UP_MS = 8_000

/** React 18 sends its buffer whole even where a Chinese character no longer fitted into its last bytes: they are NUL, and a browser shows � in their place. */
const withoutNul = (chunk: Buffer) => (chunk.includes(0) ? chunk.filter((byte) => byte !== 0) : chunk)

/** Makes the page whole: its data is there before it begins, so that nothing would be gained by sending it in pieces. */
export default function handleRequest(request: Request, status: number, headers: Headers, context: EntryContext, { shop, onError: report }: AppLoadContext): Promise<Response> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    const keeper = keepMarkup()
    const page = new Writable({
      write(chunk: Buffer, _encoding, done) {
        chunks.push(withoutNul(chunk))
        done()
      },
      final(done) {
        clearTimeout(patience)
        headers.set("content-type", "text/html; charset=utf-8")
        headers.set("cache-control", "private, no-cache")
        resolve(new Response(keeper.fill(Buffer.concat(chunks).toString()), { headers, status }))
        done()
      },
    })
    const { pipe, abort } = renderToPipeableStream(<MarkupKeeperProvider value={keeper}><ServerRouter context={context} url={request.url} nonce={shop.csp_nonce} /></MarkupKeeperProvider>, {
      nonce: shop.csp_nonce,
      // A large part that a plugin added would be put in its place by a script otherwise.
      progressiveChunkSize: Infinity,
      onAllReady: () => void pipe(page),
      onShellError: reject,
      // Of a part that a plugin added: the page goes without it. Whatever else fails ends in onShellError.
      onError(error: unknown) {
        if (!request.signal.aborted) report(error)
      },
    })
    const patience = setTimeout(abort, GIVE_UP_MS)
  })
}

/** Errors of loaders and actions: a thrown Response is an answer, and so is the router's refusal of a method; anything else is worth a line. */
export function handleError(error: unknown, { request, context }: { request: Request; context: AppLoadContext }): void {
  if (!request.signal.aborted && !(error instanceof Response) && !isRouteErrorResponse(error)) context.onError(error)
}
