import { type Caller, rowsOf } from "./caller"

/** Writes rows of one table in one statement, columns by the names of the first; what is left out gets its start. `table` and the names are never from outside. */
export async function insertRows<R extends object = object>(caller: Caller, table: string, rows: readonly object[], returning = "id"): Promise<R[]> {
  const [first] = rows
  if (!first) return []
  const columns = Object.keys(first).map((name) => `"${name}"`).join(", ")
  return rowsOf<R>(caller, `insert into "${table}" (${columns}) select ${columns} from jsonb_populate_recordset(null::public."${table}", ?::jsonb) returning ${returning}`, [JSON.stringify(rows)])
}
