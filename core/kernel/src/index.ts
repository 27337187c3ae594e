export * from "./tenancy"
