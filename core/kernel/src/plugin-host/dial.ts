import { type ConnectionOptions, type TLSSocket, connect } from "node:tls"

/** Where to: `host` is whose certificate is asked for, `address` what it was looked up as. */
export type DialTarget = { host: string; address: string; port: number }
export type Dial = (target: DialTarget, timeout_ms: number) => Promise<TLSSocket>

/** Opens TLS to exactly this address; `more` for authorities of one's own. Throws what Node throws, or an Error with the code ETIMEDOUT. */
export const dialTls = ({ host, address, port }: DialTarget, timeout_ms: number, more: ConnectionOptions = {}): Promise<TLSSocket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ ...more, host: address, port, servername: host, ALPNProtocols: ["http/1.1"] })
    const fail = (error: Error) => {
      clearTimeout(timer)
      socket.destroy()
      reject(error)
    }
    const timer = setTimeout(() => fail(Object.assign(new Error("no connection in time"), { code: "ETIMEDOUT" })), timeout_ms)
    socket.once("error", fail)
    socket.once("secureConnect", () => {
      clearTimeout(timer)
      socket.off("error", fail)
      resolve(socket)
    })
  })
