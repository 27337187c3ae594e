import path from "node:path"

/** What Node is given before a program of ours, so that it loads TypeScript. */
export const OWN_SOURCES = ["--require", path.resolve(__dirname, "../bootstrap/load-sources.cjs")]
