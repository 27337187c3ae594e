import { createServer } from "node:net"
import { FangshiError } from "@fangshi/contracts"

const DEFAULT_PORT = 54329

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = createServer()
    probe.once("error", () => resolve(false))
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)))
  })

const anyPort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer()
    probe.once("error", reject)
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

/** The port that was asked for, or throws POSTGRES_PORT_TAKEN; 54329 or any free one where none was. */
export async function choosePort(asked: number | undefined): Promise<number> {
  if (asked === undefined) return (await isFree(DEFAULT_PORT)) ? DEFAULT_PORT : anyPort()
  if (await isFree(asked)) return asked
  throw new FangshiError("POSTGRES_PORT_TAKEN", { port: asked })
}
