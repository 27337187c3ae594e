import { assertEnvironment } from "@fangshi/server/src/settings"
import { migrateDatabase, openDatabase } from "../database"
import { step } from "../steps"

/** Brings the database up to date, whether or not anything seems to have changed. */
export async function migrate(): Promise<void> {
  assertEnvironment()
  const database = await step("数据库 Postgres", openDatabase)
  try {
    await step("数据库结构 Migrations", () => migrateDatabase(database, true))
  } finally {
    await database.stop()
  }
}
