import { readFileSync } from "node:fs"
import path from "node:path"
import { runInNewContext } from "node:vm"

type Event = { waitUntil: (work: Promise<unknown>) => void }

/** Runs a worker's script with a browser's caches around it; tells what is left and what it did. */
async function activate(file: string, lines = "") {
  const names = new Set(["fangshi-old", "fangshi-new", "of-another-script"])
  const did: string[] = []
  const listeners = new Map<string, (event: Event) => void>()
  const note = (word: string) => async () => void did.push(word)
  runInNewContext(lines + readFileSync(path.join(__dirname, file), "utf8"), {
    self: {
      addEventListener: (type: string, listener: (event: Event) => void) => listeners.set(type, listener),
      skipWaiting: note("skip waiting"),
      registration: { unregister: note("unregister") },
    },
    caches: { keys: async () => [...names], delete: async (name: string) => names.delete(name) },
    fetch: note("fetch"),
  })
  const work: Promise<unknown>[] = []
  listeners.get("activate")?.({ waitUntil: (each) => work.push(each) })
  await Promise.all(work)
  return { left: [...names], did }
}

describe("a service worker that takes over", () => {
  it("drops the caches of those before it and no other, and asks the network for nothing, since pages wait for it", async () => {
    expect(await activate("worker.js", 'const VERSION = "new", OFFLINE = "/offline";')).toEqual({ left: ["fangshi-new", "of-another-script"], did: [] })
  })

  it("goes and leaves nothing behind where the operator has switched it off", async () => {
    expect(await activate("no-worker.js")).toEqual({ left: [], did: ["unregister"] })
  })
})
