import { drawn } from "./drawn.server"

const settled = () => new Promise((resolve) => setImmediate(resolve))

/** A drawing that ends when it is told to. */
function drawing(bytes = 10) {
  let finish = () => undefined as void
  let begun = 0
  const done = new Promise<Buffer>((resolve) => (finish = () => resolve(Buffer.alloc(bytes))))
  return { draw: () => (begun++, done), finish: () => finish(), begun: () => begun }
}

describe("drawing pictures", () => {
  it("draws one at a time, and the same one for all who ask meanwhile", async () => {
    const [first, second] = [drawing(), drawing()]
    const asked = [drawn("one", first.draw), drawn("one", first.draw), drawn("two", second.draw)]
    await settled()
    expect([first.begun(), second.begun()]).toEqual([1, 0])
    first.finish()
    await asked[0]
    await settled()
    expect(second.begun()).toBe(1)
    second.finish()
    await Promise.all(asked)
    await drawn("one", first.draw)
    expect(first.begun()).toBe(1)
  })

  it("tells whoever comes as the thirty-first to come again, and goes on after a failure, which it does not remember", async () => {
    const slow = drawing()
    const broken = drawn("broken", async () => {
      await slow.draw()
      throw new Error("no ink")
    })
    const waiting = Array.from({ length: 29 }, (_, i) => drawn(`waiting-${i}`, async () => Buffer.alloc(1)))
    expect(() => drawn("too many", slow.draw)).toThrow(expect.objectContaining({ status: 503 }))
    slow.finish()
    await expect(broken).rejects.toThrow("no ink")
    await Promise.all(waiting)
    expect(await drawn("broken", async () => Buffer.alloc(3))).toHaveLength(3)
  })

  it("forgets those asked for least recently when the memory is full", async () => {
    const large = (name: string) => {
      const picture = drawing(9 * 1024 * 1024)
      picture.finish()
      return drawn(name, picture.draw).then(() => picture.begun())
    }
    expect([await large("a"), await large("b"), await large("a"), await large("c")]).toEqual([1, 1, 0, 1])
    expect([await large("a"), await large("b")]).toEqual([0, 1])
  })
})
