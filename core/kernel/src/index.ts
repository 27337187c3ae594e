export * from "./embedded-postgres"
export * from "./tenancy"
export * from "./unit-of-work"
