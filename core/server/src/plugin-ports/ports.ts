import type { PluginManifest, PluginPorts } from "@fangshi/contracts"
import type { MedusaContainer } from "@medusajs/framework/types"
import type { Clock } from "../clock"
import { auditPort } from "./audit"
import type { Caller } from "./caller"
import { clockPort } from "./clock"
import { cataloguePort } from "./catalogue"
import { customersPort } from "./customers"
import { filesPort } from "./files"
import { ledgerPort } from "./ledger"
import { notificationsPort } from "./notifications"
import { ordersPort } from "./orders"
import { paymentsPort } from "./payments"
import { stockPort } from "./stock"

export { refusalNoter } from "./audit"

/** Ports that depend on how a plugin was loaded, and on what its shops set. */
export type RestOfPorts = Pick<PluginPorts, "settings" | "live" | "schedule" | "http">

/** `rest` makes the ports that are not made here. */
export type PortDependencies = { container: MedusaContainer; clock: Clock; rest: (plugin: PluginManifest) => RestOfPorts }

/** Makes the ports of a plugin with every permission; each call works for the shop of the running code. */
export const makePorts =
  ({ container, clock, rest }: PortDependencies) =>
  (plugin: PluginManifest): PluginPorts => {
    const caller: Caller = { plugin: plugin.id, scope: container, clock }
    return {
      ...rest(plugin),
      clock: clockPort(caller),
      audit: auditPort(caller),
      catalogue: cataloguePort(caller),
      customers: customersPort(caller),
      orders: ordersPort(caller),
      payments: paymentsPort(caller),
      stock: stockPort(caller),
      ledger: ledgerPort(caller),
      notifications: notificationsPort(caller),
      files: filesPort(caller),
    }
  }
