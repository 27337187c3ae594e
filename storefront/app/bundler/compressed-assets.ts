import { readdir, readFile, writeFile } from "node:fs/promises"
import path from "node:path"
import { promisify } from "node:util"
import { brotliCompress, constants, gzip } from "node:zlib"
import type { Plugin } from "vite"

const [brotli, zip] = [promisify(brotliCompress), promisify(gzip)]
const TEXT = /\.(?:js|css|svg|json)$/
/** Below this, what is saved goes into one packet all the same. */
const WORTH_IT = 1_000

/** Puts a .br and a .gz beside every script and style sheet of the client build: made once as small as can be, sent as they are. */
export function compressedAssets(): Plugin {
  return {
    name: "fangshi-compressed-assets",
    apply: "build",
    async writeBundle({ dir = "" }) {
      if (this.environment.name !== "client") return
      const folder = path.join(dir, "assets")
      for (const name of (await readdir(folder)).filter((each) => TEXT.test(each))) {
        const file = path.join(folder, name)
        const text = await readFile(file)
        if (text.length < WORTH_IT) continue
        await writeFile(`${file}.br`, await brotli(text, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length } }))
        await writeFile(`${file}.gz`, await zip(text, { level: constants.Z_BEST_COMPRESSION }))
      }
    },
  }
}
