import type { PluginPorts } from "@fangshi/contracts"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "zod"
import type { Clock } from "../clock"
import type { AuditService } from "../modules/audit/service"
import { type Caller, checked } from "./caller"

const auditOf = (scope: Pick<MedusaContainer, "resolve">) => scope.resolve<AuditService>("audit")

const note = z.strictObject({
  action: z.string().min(1).max(200),
  facts: z.record(z.string().max(100), z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()])).default({}),
})

/** Notes under the plugin's own name, whatever it says. */
export const auditPort = (caller: Caller): PluginPorts["audit"] => ({
  note: async (action, facts) => {
    await auditOf(caller.scope).note({ actor: `plugin:${caller.plugin}`, ...checked(caller, "audit.note", note, { action, ...(facts ? { facts } : {}) }) }, caller.clock())
  },
})

/** Notes that a plugin's call was refused, for the shop of the running code. Never throws: what cannot be written is in the log. */
export const refusalNoter =
  (container: MedusaContainer, clock: Clock) =>
  (plugin: string, call: string): void => {
    auditOf(container)
      .note({ actor: `plugin:${plugin}`, action: call, refused: true }, clock())
      .catch((error: unknown) => container.resolve(ContainerRegistrationKeys.LOGGER).error(`A refused call of ${plugin} was not noted (${call}): ${error instanceof Error ? error.message : String(error)}`))
  }
