import { sleep } from "@fangshi/bench/src/proof/kills/random"
import type { Market } from "./market"
import { type Campaign, STORE } from "./prepare"

export type Shopper = { token: string; leader_id: string; n: number }

/** Milliseconds before the end within which those pay who leave it to the last moment. */
const LAST_MOMENT = 2_000

/** Joins and pays, asking again after every cut; answers how it ended: an outcome, the code of a refusal, or "unpaid". */
export async function shop(market: Market, { id: campaign_id, items, closes_at, variant }: Campaign, { token, leader_id, n }: Shopper): Promise<string> {
  const { basket, pays } = variant.errand(n)
  const body = { idempotency_key: `${campaign_id}-${n}`, items: basket.map(({ item, quantity }) => ({ item_id: items[item]?.id ?? "", quantity })), leader_id, contact: { name: `顾客${n}`, phone: "13800001111" } }
  const joined = await market.post(`${STORE}/campaigns/${campaign_id}/join`, body, token)
  if (joined.status > 299) return String(joined.body.code)
  if (pays === "never") return "unpaid"
  if (pays === "as it closes") await sleep(Math.max(0, closes_at.getTime() - ((n * 97) % LAST_MOMENT) - Date.now()))
  const { id } = (joined.body as unknown as { participation: { id: string } }).participation
  for (;;) {
    const paid = await market.post(`${STORE}/participations/${id}/pay`, {}, token)
    const outcome = paid.status > 299 ? String(paid.body.code) : String(paid.body.outcome)
    if (outcome !== "waiting") return outcome
    await sleep(200)
  }
}
