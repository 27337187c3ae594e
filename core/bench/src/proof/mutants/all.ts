import { CONTEXT_AND_POOL } from "./context"
import { DATABASE, PROVISIONING } from "./database"
import { DOORS } from "./doors"
import type { Mutant } from "./mutant"
import { WRAP_MUTANTS } from "./wraps"

export const MUTANTS: Mutant[] = [...DATABASE, ...PROVISIONING, ...CONTEXT_AND_POOL, ...DOORS, ...WRAP_MUTANTS]
