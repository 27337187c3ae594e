import { readSettings } from "./settings"

const NEEDED = { FANGSHI_APP_DATABASE_URL: "postgres:", FANGSHI_MASTER_SECRET: "a-secret-of-this-test-0123456789abcdef" }
const OPTIONAL = ["PORT", "FANGSHI_BIND", "FANGSHI_POOL_MAX", "REDIS_URL", "FANGSHI_CORS", "FANGSHI_PLUGINS", "FANGSHI_RATE_LIMIT", "FANGSHI_SERVICE_WORKER"]

describe("an empty setting", () => {
  it.each(OPTIONAL)("is no setting: %s", (name) => {
    expect(readSettings({ ...NEEDED, [name]: "" })).toEqual(readSettings(NEEDED))
  })

  it("trusts no proxy where it lists them", () => {
    expect(readSettings({ ...NEEDED, FANGSHI_TRUSTED_PROXIES: "" }).trustedProxies).toEqual([])
    expect(readSettings(NEEDED).trustedProxies).not.toEqual([])
  })

  it("is refused where the mode is asked for: production that somebody forgot to spell out must not become a demo", () => {
    expect(() => readSettings({ ...NEEDED, FANGSHI_MODE: "" })).toThrow(/FANGSHI_MODE/)
  })
})
