export * from "./database"
export { demoPassword, tenantFolders } from "./commands/start"
