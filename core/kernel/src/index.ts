export * from "./embedded-postgres"
export * from "./tenancy"
export * from "./plugin-host"
export * from "./unit-of-work"
