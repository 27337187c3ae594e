export * from "./body"
export * from "./gates"
