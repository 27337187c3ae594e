import path from "node:path"

const root = path.resolve(__dirname, "../../..")

/** Where Postgres, the templates and the log of the tests are kept from one run to the next. */
export const testDataDirectory = (env: NodeJS.ProcessEnv = process.env): string => env.FANGSHI_TEST_DATA || path.join(root, ".data", "test")
