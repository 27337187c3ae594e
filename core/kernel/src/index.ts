export * from "./embedded-postgres"
export * from "./tenancy"
