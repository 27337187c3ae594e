import type { CampaignView } from "../contract"
import { asTold, bestPrice, phaseOf } from "./phase"

const item = { id: "gbitem_1", product_id: "prod", variant_id: "variant", title: { "zh-CN": "草莓", en: "Strawberries" }, sku: null, unit_price_amount: 1_000, current_price_amount: 1_000, steps: [{ from_count: 2, unit_price_amount: 900 }, { from_count: 4, unit_price_amount: 800 }], stock: 5, left: 5 }
const campaign: CampaignView = {
  id: "gbcamp_1", kind: "community", status: "open", title: item.title, description: null, pictures: [], opens_at: "2026-03-01T08:00:00Z", closes_at: "2026-03-01T20:00:00Z", arrives_at: null, server_time: "2026-03-01T09:00:00Z",
  currency_code: "cny", condition: { by: "people", target: 2 }, step_by: "people", per_person_limit: null, team_size: null, team_hours: 24, repeats: "none", next_id: null, progress: { people: 0, pieces: 0, amount: 0, reached: false }, items: [item],
}
const at = (time: string) => Date.parse(`2026-03-01T${time}Z`)
const told = (people: number, left = 3) => ({ campaign_id: "gbcamp_1", status: "open" as const, next_id: null, progress: { people, pieces: people * 2, amount: people * 2_000 }, items: [{ id: "gbitem_1", left }], server_time: "2026-03-01T09:00:00Z" })

describe("the phase of a campaign", () => {
  it("opens at its time and is over at the cut-off, not after it", () => {
    expect(["07:59:59", "08:00:00", "19:59:59", "20:00:00"].map((time) => phaseOf(campaign, at(time)))).toEqual(["soon", "open", "open", "over"])
  })

  it("is sold out when nothing of any item is left, and decided whatever the time", () => {
    expect(phaseOf({ ...campaign, items: [{ ...item, left: 0 }, item] }, at("09:00:00"))).toBe("open")
    expect(phaseOf({ ...campaign, items: [{ ...item, left: 0 }] }, at("09:00:00"))).toBe("sold_out")
    expect(phaseOf({ ...campaign, status: "refused" }, at("07:00:00"))).toBe("refused")
    expect(phaseOf({ ...campaign, status: "closed" }, at("09:00:00"))).toBe("over")
  })
})

describe("what is told live", () => {
  it("moves people, pieces left and the price of the step that is reached", () => {
    expect([1, 2, 4].map((people) => asTold(campaign, told(people))).map(({ progress, items }) => [progress.reached, items[0]?.current_price_amount, items[0]?.left])).toEqual([[false, 1_000, 3], [true, 900, 3], [true, 800, 3]])
  })

  it("counts pieces where the steps are by pieces, and of a team always its whole size", () => {
    expect(bestPrice(asTold({ ...campaign, step_by: "pieces" }, told(2))).now).toBe(800)
    expect(bestPrice(asTold({ ...campaign, kind: "team", team_size: 4 }, told(0))).now).toBe(800)
  })

  it("names the next cycle as soon as there is one", () => {
    expect([asTold(campaign, told(1)).next_id, asTold(campaign, { ...told(1), next_id: "gbcamp_2" }).next_id]).toEqual([null, "gbcamp_2"])
  })

  it("is the whole campaign where it was asked for instead", () => {
    expect(asTold(campaign, { campaign: { ...campaign, status: "failed" } }).status).toBe("failed")
  })
})
