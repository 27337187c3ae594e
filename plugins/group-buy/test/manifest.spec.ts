import { localizedText } from "@fangshi/contracts"
import { plugin } from "../src/plugin"

describe("the manifest", () => {
  it("is accepted, and every error speaks both languages and says how to mend it", () => {
    expect(plugin.id).toBe("group-buy")
    expect(Object.keys(plugin.errors).length).toBeGreaterThan(20)
    for (const [code, { text, hint }] of Object.entries(plugin.errors)) {
      expect(code).toMatch(/^GROUP_BUY_/)
      for (const words of [text, hint]) expect(localizedText.safeParse(words).success).toBe(true)
      expect((text["zh-CN"].match(/\{\w+\}/g) ?? []).sort()).toEqual((text.en.match(/\{\w+\}/g) ?? []).sort())
    }
  })

  it("starts every shop with settings that hold", () => {
    expect(plugin.settings.parse({})).toMatchObject({ hold_minutes: 15, team_hours: 24, cut_off_hour: 23 })
  })
})
