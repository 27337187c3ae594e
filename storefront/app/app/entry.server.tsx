import { Transform } from "node:stream"
import { createReadableStreamFromReadable } from "@react-router/node"
import { isbot } from "isbot"
import { type RenderToPipeableStreamOptions, renderToPipeableStream } from "react-dom/server"
import { type AppLoadContext, type EntryContext, ServerRouter } from "react-router"
import { loadAllThemes } from "./themes"

await loadAllThemes()

const GIVE_UP_MS = 8_000

/** React 18 sends its buffer whole even where a Chinese character no longer fitted into its last bytes: they are NUL, and a browser shows � in their place. */
const withoutNul = () => new Transform({ transform: (chunk: Buffer, _encoding, done) => done(null, chunk.includes(0) ? chunk.filter((byte) => byte !== 0) : chunk) })

/** Streams the page; robots and readers without script get it whole. */
export default function handleRequest(request: Request, status: number, headers: Headers, context: EntryContext, { shop, onError: report, whole }: AppLoadContext): Promise<Response> {
  return new Promise((resolve, reject) => {
    const ready: keyof RenderToPipeableStreamOptions = whole || isbot(request.headers.get("user-agent") ?? "") ? "onAllReady" : "onShellReady"
    let shellSent = false
    const { pipe, abort } = renderToPipeableStream(<ServerRouter context={context} url={request.url} nonce={shop.csp_nonce} />, {
      nonce: shop.csp_nonce,
      [ready]() {
        shellSent = true
        const body = withoutNul()
        headers.set("content-type", "text/html; charset=utf-8")
        headers.set("cache-control", "private, no-cache")
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status }))
        pipe(body)
      },
      onShellError: reject,
      onError(error: unknown) {
        status = 500
        if (shellSent && !request.signal.aborted) report(error)
      },
    })
    setTimeout(abort, GIVE_UP_MS).unref()
  })
}

/** Errors of loaders: a thrown Response is an answer, anything else is worth a line. */
export function handleError(error: unknown, { request, context }: { request: Request; context: AppLoadContext }): void {
  if (!request.signal.aborted && !(error instanceof Response)) context.onError(error)
}
