import { existsSync, readdirSync } from "node:fs"
import path from "node:path"
import sharp from "sharp"

/** Channels differ by less than this where a browser only rounds otherwise. */
const SAME = 12

export type Difference = { file: string; what: "new" | "gone" | "size" | number }

async function partThatDiffers(one: string, two: string): Promise<"size" | number> {
  const [a, b] = await Promise.all([one, two].map((file) => sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true })))
  if (!a || !b || a.info.width !== b.info.width || a.info.height !== b.info.height) return "size"
  let other = 0
  for (let i = 0; i < a.data.length; i += 3) if ([0, 1, 2].some((channel) => Math.abs((a.data[i + channel] ?? 0) - (b.data[i + channel] ?? 0)) > SAME)) other++
  return other / (a.info.width * a.info.height)
}

/** The pictures of two galleries that are not the same, with the part of their points that differ. */
export async function differences(before: string, after: string): Promise<Difference[]> {
  const pictures = (folder: string) => readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".png"))
  const all = [...new Set([...pictures(before), ...pictures(after)])].sort()
  const found: Difference[] = []
  for (const file of all) {
    const [one, two] = [path.join(before, file), path.join(after, file)]
    if (!existsSync(one)) found.push({ file, what: "new" })
    else if (!existsSync(two)) found.push({ file, what: "gone" })
    else {
      const what = await partThatDiffers(one, two)
      if (what) found.push({ file, what })
    }
  }
  return found
}
