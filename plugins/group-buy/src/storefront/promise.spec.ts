import { createInstance } from "i18next"
import en from "./locales/en.json"
import zh from "./locales/zh-CN.json"
import { teamPromise } from "./promise"

const campaign = { team_hours: 24, server_time: "2026-03-01T09:00:00Z", closes_at: "2026-03-02T09:00:00Z" }

describe("what a team is promised", () => {
  it("is the shop's hours for a new one, to the very end of the campaign and not beyond it", () => {
    expect(teamPromise(campaign, null)).toEqual({ hours: 24 })
    expect(teamPromise({ ...campaign, team_hours: 6 }, null)).toEqual({ hours: 6 })
    expect(teamPromise({ ...campaign, closes_at: "2026-03-02T08:59:59Z" }, null)).toEqual({ until: "2026-03-02T08:59:59Z" })
  })

  it("is the deadline of one that is there", () => {
    expect(teamPromise(campaign, { deadline: "2026-03-01T12:00:00Z" })).toEqual({ until: "2026-03-01T12:00:00Z" })
  })

  it("says the hours in both languages, one and many", async () => {
    const words = createInstance()
    await words.init({ lng: "en", resources: { en: { translation: en }, "zh-CN": { translation: zh } } })
    const said = (lng: string, count: number) => words.t("join.promise.hours", { lng, count })
    expect([said("en", 1), said("en", 48), said("zh-CN", 48)]).toEqual(["If the team is not complete within 1 hour, the money comes back by itself.", "If the team is not complete within 48 hours, the money comes back by itself.", "48 小时内没凑满自动退款，不用找客服。"])
  })
})
