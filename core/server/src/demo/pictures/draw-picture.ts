import type { SeedPicture } from "@fangshi/contracts"
import sharp from "sharp"
export async function drawPicture(picture: SeedPicture, _seed: string): Promise<Buffer> {
  return sharp({ create: { width: 800, height: 800, channels: 3, background: picture.colours[2] } }).webp().toBuffer()
}
