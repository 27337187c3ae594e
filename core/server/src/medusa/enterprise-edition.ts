import type { MedusaContainer } from "@medusajs/framework/types"
import { FeatureFlag, Modules } from "@medusajs/framework/utils"

const PROPRIETARY = /[\\/]@medusajs[\\/](?:rbac|auth-oidc)[\\/]/

/** Files of Medusa's Enterprise Edition that this process has loaded. Its licence does not let us. */
export const enterpriseFiles = (): string[] => Object.keys(require.cache).filter((file) => PROPRIETARY.test(file))

/** Refuses to start when a proprietary part of Medusa is on. */
export function assertNoEnterpriseEdition(container: MedusaContainer): void {
  const problem = FeatureFlag.isFeatureEnabled("rbac")
    ? "the feature flag rbac is on"
    : container.hasRegistration(Modules.RBAC)
      ? "the module rbac is registered"
      : enterpriseFiles().length
        ? `loaded ${enterpriseFiles()[0] ?? ""}`
        : null
  if (problem) throw new Error(`Medusa's Enterprise Edition must stay off: ${problem}`)
}
