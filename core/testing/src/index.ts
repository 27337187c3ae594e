export * from "./databases"
export * from "./host-process"
export * from "./shared-host"
