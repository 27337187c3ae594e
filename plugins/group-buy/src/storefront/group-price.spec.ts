import type { CampaignView } from "../contract"
import { groupPrice } from "./group-price"

const item = { id: "gbitem_1", product_id: "prod", variant_id: "variant", title: { "zh-CN": "草莓", en: "Strawberries" }, sku: null, unit_price_amount: 1_000, current_price_amount: 1_000, steps: [{ from_count: 3, unit_price_amount: 900 }, { from_count: 6, unit_price_amount: 800 }], stock: 5, left: 5 }
const campaign: Parameters<typeof groupPrice>[0] = { kind: "community", items: [item], condition: { by: "people", target: 3 }, step_by: "people", progress: { people: 0, pieces: 9, amount: 0, reached: false } }
const after = (more: Partial<CampaignView>) => groupPrice({ ...campaign, ...more }).together

describe("the price of a group", () => {
  it("is what all pay when as many come as are needed, or less where more have come", () => {
    expect(groupPrice(campaign)).toEqual({ together: 900, alone: 1_000 })
    expect(after({ condition: { by: "people", target: 2 } })).toBe(1_000)
    expect(after({ progress: { people: 6, pieces: 6, amount: 0, reached: true } })).toBe(800)
  })

  it("is that of now where success counts something else than the steps, and for a team", () => {
    expect(after({ condition: { by: "amount", target: 9_000 } })).toBe(1_000)
    expect(after({ step_by: "pieces" })).toBe(1_000)
    expect(after({ kind: "team", items: [{ ...item, current_price_amount: 850 }] })).toBe(850)
  })

  it("is that of the cheapest item", () => {
    expect(groupPrice({ ...campaign, items: [{ ...item, unit_price_amount: 2_000, steps: [] }, item] })).toEqual({ together: 900, alone: 1_000 })
  })
})
