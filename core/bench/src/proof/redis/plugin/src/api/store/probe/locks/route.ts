import { setTimeout as sleep } from "node:timers/promises"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { Modules } from "@medusajs/framework/utils"

type Wish = { do: "execute"; key: string; hold: number; timeout: number } | { do: "acquire" | "release" | "release-all"; key: string; owner: string }

/** What became of a lock: `held` says whether it was had, or let go. Times are milliseconds since 1970. */
export const POST = async (req: MedusaRequest<Wish>, res: MedusaResponse) => {
  const locks = req.scope.resolve(Modules.LOCKING)
  const wish = req.body
  try {
    if (wish.do === "execute") {
      const times = await locks.execute(wish.key, async () => {
        const from = Date.now()
        await sleep(wish.hold)
        return { from, until: Date.now() }
      }, { timeout: wish.timeout })
      res.json({ held: true, ...times })
    } else if (wish.do === "acquire") {
      await locks.acquire(wish.key, { ownerId: wish.owner, expire: 60 })
      res.json({ held: true })
    } else if (wish.do === "release-all") {
      await locks.releaseAll({ ownerId: wish.owner })
      res.json({ held: true })
    } else {
      res.json({ held: await locks.release(wish.key, { ownerId: wish.owner }) })
    }
  } catch (error) {
    res.json({ held: false, problem: error instanceof Error ? error.message : String(error) })
  }
}
