export { type PostgresOptions, type RunningPostgres, startFailure, startPostgres } from "./start-postgres"
