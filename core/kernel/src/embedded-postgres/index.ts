export { startFailure } from "./failures"
export { type PostgresOptions, type RunningPostgres, startPostgres } from "./start-postgres"
