import path from "node:path"

const FIXTURES = path.resolve(__dirname, "../fixtures")

/** A plain Medusa plugin, and one with a manifest: every test's host and database have both. FANGSHI_PLUGINS. */
export const FIXTURE_PLUGINS = ["third-party", "guestbook"].map((name) => path.join(FIXTURES, name)).join(",")
