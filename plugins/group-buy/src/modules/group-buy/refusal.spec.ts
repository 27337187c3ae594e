import { type Joining, refusal } from "./join"
import type { CampaignRow } from "./rows"

const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 8, minute))
const campaign = { id: "c", kind: "community", status: "open", opens_at: at(10), closes_at: at(50), per_person_limit: 3 } as CampaignRow
const input: Joining = { campaign_id: "c", customer_id: "me", idempotency_key: "k", items: [{ item_id: "i", quantity: 2 }], leader_id: "l", contact: { name: "n", phone: "p" }, open_team: false }
const seen = { existing: null, campaign, items: [{ id: "i", left: 5 }], taken: 0, team: null, has_point: true }
const joinsTeam: Joining = { ...input, leader_id: undefined, team_id: "t" }
const teamSeen = { ...seen, campaign: { ...campaign, kind: "team" as const }, team: { status: "open", deadline: at(40), size: 3, taken: 2, mine: false } }
const code = (more: object, asked: Joining = input, minute = 20, base: object = seen) => refusal({ ...(base as typeof seen), ...more }, asked, at(minute)).code

describe("a refusal", () => {
  it("names the campaign first: unknown, draft, complete, too early, over", () => {
    expect(code({ campaign: null })).toBe("GROUP_BUY_CAMPAIGN_UNKNOWN")
    expect(code({ campaign: { ...campaign, status: "draft" } })).toBe("GROUP_BUY_CAMPAIGN_UNKNOWN")
    expect(code({ campaign: { ...campaign, status: "succeeded" } })).toBe("GROUP_BUY_COMPLETE")
    expect(code({}, input, 9)).toBe("GROUP_BUY_CAMPAIGN_NOT_OPEN")
    expect(code({}, input, 50)).toBe("GROUP_BUY_CAMPAIGN_CLOSED")
    expect(code({ campaign: { ...campaign, status: "refused" } })).toBe("GROUP_BUY_CAMPAIGN_CLOSED")
  })

  it("then the way to join, the point and the team", () => {
    expect(code({}, joinsTeam)).toBe("GROUP_BUY_WRONG_KIND")
    expect(code({ has_point: false })).toBe("GROUP_BUY_POINT_UNKNOWN")
    const ofTeam = (team: object | null) => code({ team: team && { ...teamSeen.team, ...team } }, joinsTeam, 20, teamSeen)
    expect(ofTeam(null)).toBe("GROUP_BUY_TEAM_UNKNOWN")
    expect(ofTeam({ status: "succeeded" })).toBe("GROUP_BUY_COMPLETE")
    expect(ofTeam({ status: "failed" })).toBe("GROUP_BUY_TEAM_OVER")
    expect(ofTeam({ deadline: at(20) })).toBe("GROUP_BUY_TEAM_OVER")
    expect(ofTeam({ mine: true })).toBe("GROUP_BUY_TEAM_TWICE")
    expect(ofTeam({ taken: 3 })).toBe("GROUP_BUY_TEAM_FULL")
  })

  it("then the goods: unknown, above the limit, too few left, and says how many", () => {
    expect(code({ items: [] })).toBe("GROUP_BUY_ITEM_UNKNOWN")
    expect(refusal({ ...seen, taken: 2 }, input, at(20))).toMatchObject({ code: "GROUP_BUY_LIMIT", params: { limit: 3, taken: 2 } })
    expect(code({ taken: 1, items: [{ id: "i", left: 1 }] })).toBe("GROUP_BUY_SOLD_OUT")
    expect(refusal({ ...seen, items: [{ id: "i", left: 1 }] }, input, at(20)).params).toEqual({ left: 1 })
  })
})
