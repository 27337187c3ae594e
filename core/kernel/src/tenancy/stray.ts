import { Counter, register } from "prom-client"

const counter = (name: string, help: string, labelNames: string[] = []) =>
  (register.getSingleMetric(name) as Counter | undefined) ?? new Counter({ name, help, labelNames })

/** Connections asked for by code without a tenant. It fails closed, but somebody forgot something: alarm on any growth. */
export const strayWork = counter("fangshi_tenancy_stray_connections_total", "Database connections asked for without a tenant")

/** Queries refused because the connection belonged to another tenant than the code. Must stay 0. */
export const refusedQueries = counter("fangshi_tenancy_refused_queries_total", "Queries refused: connection and code belong to different tenants")

/** Connections handed over from one tenant to another: each costs a round trip. */
export const rebinds = counter("fangshi_tenancy_rebinds_total", "SET app.tenant_id sent because a connection changed its tenant")
