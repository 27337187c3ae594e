import { MOST_PICTURE_BYTES } from "@fangshi/contracts"
import sharp from "sharp"
import { cleanPicture } from "./clean-picture"

const photo = (width = 40, height = 30) => sharp({ create: { width, height, channels: 3, background: "#c33" } })
const refused = (bytes: Buffer) => cleanPicture(bytes).then(() => "taken", (error: unknown) => (error as { code?: string }).code)

describe("a picture", () => {
  it.each(["jpeg", "png", "webp"] as const)("in %s comes out as WebP of the same size", async (kind) => {
    const { bytes, width, height } = await cleanPicture(await photo()[kind]().toBuffer())
    expect([(await sharp(bytes).metadata()).format, width, height]).toEqual(["webp", 40, 30])
  })

  it("is turned upright and tells neither place nor camera", async () => {
    const told = await photo().withExif({ IFD0: { Model: "secret-camera", Copyright: "me" }, IFD3: { GPSLatitudeRef: "N", GPSLatitude: "30/1 16/1 0/1" } }).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    expect((await sharp(told).metadata()).exif).toBeDefined()
    const { bytes, width, height } = await cleanPicture(told)
    const { exif, xmp, iptc, orientation } = await sharp(bytes).metadata()
    expect([width, height, exif, xmp, iptc, orientation]).toEqual([30, 40, undefined, undefined, undefined, undefined])
    expect(bytes.includes("secret-camera")).toBe(false)
  })

  it("is made smaller where it is larger than a screen", async () => {
    const { width, height } = await cleanPicture(await photo(3_200, 1_600).jpeg().toBuffer())
    expect([width, height]).toEqual([1_600, 800])
  })

  it("with something hidden behind its end loses it", async () => {
    const polyglot = Buffer.concat([await photo().png().toBuffer(), Buffer.from("<script>alert(1)</script>PK\x03\x04")])
    expect((await cleanPicture(polyglot)).bytes.includes("<script>")).toBe(false)
  })

  it("that is none is refused: SVG, HTML, GIF, half a file, a name only, nothing, too many bytes, too many pixels", async () => {
    const jpeg = await photo(400, 300).jpeg().toBuffer()
    const hostile = {
      svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      html: Buffer.from("<!doctype html><script>alert(1)</script>"),
      gif: await photo().gif().toBuffer(),
      head: Buffer.concat([Buffer.from("\xff\xd8\xff", "latin1"), Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')]),
      half: jpeg.subarray(0, jpeg.length / 2),
      nothing: Buffer.alloc(0),
      bytes: Buffer.concat([jpeg, Buffer.alloc(MOST_PICTURE_BYTES)]),
      pixels: await photo(8_000, 8_000).png({ compressionLevel: 9 }).toBuffer(),
    }
    const answers = await Promise.all(Object.entries(hostile).map(async ([name, bytes]) => [name, await refused(bytes)]))
    expect(answers).toEqual(Object.keys(hostile).map((name) => [name, "PICTURE_INVALID"]))
  })
})
