import type { Response } from "express"

const WRITES = ["setHeader", "appendHeader", "removeHeader", "writeHead", "flushHeaders", "write", "end"] as const

/** Once it has been answered in its stead, whatever a late handler still says is dropped, instead of throwing in a timer of its own. */
export function muteAnswer(res: Response): void {
  const mute = () => {
    for (const name of WRITES) Object.defineProperty(res, name, { value: () => res, configurable: true })
  }
  res.once("finish", mute).once("close", mute)
}
