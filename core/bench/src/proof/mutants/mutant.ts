/** `find` must occur exactly once in the file, or the proof fails: a sabotage that does nothing would look like a survivor, or like a kill. */
export type Edit = { file: string; find: string; replace: string }

/** One sabotage and the tests that must notice it. */
export type Mutant = {
  /** What is broken, as a fact. */
  name: string
  edits?: Edit[]
  /** Run by the owner on the template database, after migration; the event trigger is kept from mending it. */
  sql?: string
  /** The smallest list of test files that kills it. None: the start itself has to refuse. */
  tests: string[]
  /** Only tests whose title matches; keeps a run short. */
  only?: string
}

export type Verdict = { mutant: string; outcome: "killed" | "survived" | "broken"; by: string; seconds: number }

export const edit = (file: string, find: string, replace: string): Edit => ({ file, find, replace })
