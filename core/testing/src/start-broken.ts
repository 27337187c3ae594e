import { WRAPS } from "@fangshi/kernel"
import { startHost } from "@fangshi/server"

/** How a start with one thing broken ended. `seam` is what SEAM_MOVED named. */
export type BrokenStart = { started: boolean; code: string; message: string; seam: string }

/** The methods of a wrap are taken away, not the wrap: its self-test still runs, as after an upgrade that moved the seam. */
function takeAway(name: string) {
  const wrap = WRAPS.find((candidate) => candidate.name === name)
  if (!wrap) throw new Error(`no wrap ${name}`)
  delete wrap.beforeLoad
  delete wrap.afterLoad
}

async function start(): Promise<BrokenStart> {
  try {
    await startHost({ storefront: false, listen: false })
    return { started: true, code: "", message: "", seam: "" }
  } catch (error) {
    const { code = "", message, params = {} } = error as Error & { code?: string; params?: { seam?: string } }
    return { started: false, code, message, seam: params.seam ?? "" }
  }
}

async function main([what, which = ""]: string[]) {
  if (what === "without-wraps") which.split(",").forEach(takeAway)
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- stands for a package that somebody's plugin has loaded
  if (what === "with-file") require(which)
  const result = await start()
  process.send?.(result, () => process.exit(0))
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.send?.({ started: false, code: "", message: String(error), seam: "" } satisfies BrokenStart, () => process.exit(1))
})
