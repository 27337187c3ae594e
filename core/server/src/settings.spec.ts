import { readSettings } from "./settings"

const NEEDED = { FANGSHI_APP_DATABASE_URL: "postgres:", FANGSHI_MASTER_SECRET: "a-secret-of-this-test-0123456789abcdef" }
const OPTIONAL = ["PORT", "FANGSHI_BIND", "FANGSHI_POOL_MAX", "REDIS_URL", "FANGSHI_CORS", "FANGSHI_PLUGINS", "FANGSHI_RATE_LIMIT", "FANGSHI_PLUGIN_REQUEST_SECONDS", "FANGSHI_PLUGIN_SUBSCRIBER_SECONDS", "FANGSHI_PLUGIN_JOB_SECONDS", "FANGSHI_PLUGIN_BLOCK_SECONDS", "FANGSHI_SERVICE_WORKER"]

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

describe("how long a plugin may take", () => {
  it("is set for requests, subscribers and jobs; middlewares go with requests, hooks with subscribers, tasks with jobs", () => {
    const { pluginLimits } = readSettings({ ...NEEDED, FANGSHI_PLUGIN_REQUEST_SECONDS: "2", FANGSHI_PLUGIN_SUBSCRIBER_SECONDS: "3", FANGSHI_PLUGIN_JOB_SECONDS: "4" })
    expect(pluginLimits).toEqual({ request: 2, middleware: 2, subscriber: 3, hook: 3, job: 4, task: 4 })
    expect(readSettings(NEEDED).pluginLimits).toEqual({ request: 15, middleware: 15, subscriber: 60, hook: 60, job: 300, task: 300 })
  })
})
