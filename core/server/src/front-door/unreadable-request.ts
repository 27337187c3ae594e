import { type Server, STATUS_CODES } from "node:http"
import type { Duplex } from "node:stream"
import { type ErrorCode, FangshiError } from "@fangshi/contracts"

const CODES: Record<string, ErrorCode> = {
  HPE_HEADER_OVERFLOW: "REQUEST_HEADERS_TOO_LARGE",
  HPE_CHUNK_EXTENSIONS_OVERFLOW: "REQUEST_TOO_LARGE",
  ERR_HTTP_REQUEST_TIMEOUT: "REQUEST_TIMEOUT",
}

/** Gives what Node's parser refuses, before Express sees it, the same kind of answer as everything else, and hangs up. */
export function answerUnreadable(server: Server): void {
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex & { bytesWritten?: number }) => {
    // Bytes already sent belong to an answer under way: a second one would be read as part of it.
    if (error.code === "ECONNRESET" || !socket.writable || socket.bytesWritten) return void socket.destroy()
    const refusal = new FangshiError(CODES[error.code ?? ""] ?? "REQUEST_UNREADABLE")
    const body = JSON.stringify(refusal)
    socket.end(
      `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ""}\r\ncontent-type: application/json; charset=utf-8\r\ncache-control: no-store\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    )
  })
}
