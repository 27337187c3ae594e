/** What one step of the check found. A problem fails the check, a warning is only shown. */
export type Findings = { problems: string[]; warnings?: string[] }

/** One line of `npm run check`. `run` gets the absolute path of the repository. */
export type CheckStep = { name: string; run: (rootDir: string) => Promise<Findings> }
