import { createHmac } from "node:crypto"
import { currentTenant, runInTenant } from "../context"
import { type Wrap, expectSeam, medusaInternal } from "../seam"

const derive = (master: string, tenant: string) => createHmac("sha256", master).update(`jwt:${tenant}`).digest("hex")

function perTenant(target: object, key: string, master: string) {
  const known = new Map<string, string>()
  Object.defineProperty(target, key, {
    configurable: true,
    enumerable: true,
    get() {
      const tenant = currentTenant()
      let secret = known.get(tenant)
      if (!secret) known.set(tenant, (secret = derive(master, tenant)))
      return secret
    },
  })
}

async function differsBetweenTenants(read: () => unknown) {
  const [one, two] = [await runInTenant("wrap-one", read), await runInTenant("wrap-two", read)]
  return typeof one === "string" && typeof two === "string" && one !== two
}

/** Every reader takes projectConfig.http.jwtSecret at request time. */
export const jwtSecret: Wrap = {
  name: "jwt-secret",
  reason: "A token signed by shop A was accepted by shop B, because all shops shared one secret.",
  seam: "@medusajs/framework config projectConfig.http.jwtSecret",
  afterLoad: ({ projectConfig, masterSecret }) => perTenant(projectConfig.http, "jwtSecret", masterSecret),
  verify: async ({ projectConfig }) => {
    expectSeam(await differsBetweenTenants(() => projectConfig.http.jwtSecret), "two tenants read the same jwtSecret")
    const { configManager } = medusaInternal<{ configManager: { config: { projectConfig: { http: object } } } }>("@medusajs/framework", "config/index.js")
    expectSeam(configManager.config.projectConfig.http === projectConfig.http, "Medusa reads its secret from another object")
  },
}

type UserModule = { config?: { jwtSecret?: unknown } }
const userModule = (host: Parameters<Wrap["verify"]>[0]) => host.container.resolve("user") as unknown as UserModule

/** The user module copies the secret when it is constructed; invitations are signed with the copy. */
export const inviteSecret: Wrap = {
  name: "invite-secret",
  reason: "The user module keeps its own copy of the secret, so an invitation of shop A was valid in shop B.",
  seam: "@medusajs/user user-module.js config.jwtSecret",
  afterLoad: (host) => {
    const config = userModule(host).config
    if (config) perTenant(config, "jwtSecret", host.masterSecret)
  },
  verify: async (host) => {
    const config = userModule(host).config
    expectSeam(!!config, "the user module has no config any more")
    expectSeam(await differsBetweenTenants(() => config.jwtSecret), "two tenants sign invitations with the same secret")
  },
}
