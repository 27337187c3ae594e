import { type Socket, connect, createServer } from "node:net"
import { once } from "node:events"

/** A line to a host, with a port of its own, that can be cut: a browser tells its workers late, or never, of an outage that it only plays. */
export type Line = { port: number; cut: () => void; mend: () => void; close: () => Promise<void> }

/** Opens a line to the host at a port of 127.0.0.1. */
export async function openLine(to: number): Promise<Line> {
  let whole = true
  const open = new Set<Socket>()
  const keep = (socket: Socket) => {
    open.add(socket)
    // An end that goes away takes the other with it; that is what a line is for.
    return socket.on("error", () => undefined).on("close", () => open.delete(socket))
  }
  const cut = () => {
    whole = false
    for (const socket of open) socket.destroy()
  }
  const server = createServer((near) => {
    if (!whole) return near.destroy()
    const far = keep(connect(to, "127.0.0.1"))
    keep(near).on("close", () => far.destroy())
    far.on("close", () => near.destroy())
    near.pipe(far).pipe(near)
  })
  await once(server.listen(0, "127.0.0.1"), "listening")
  return {
    port: (server.address() as { port: number }).port,
    cut,
    mend: () => void (whole = true),
    close: () => {
      cut()
      return new Promise((done) => server.close(() => done()))
    },
  }
}
