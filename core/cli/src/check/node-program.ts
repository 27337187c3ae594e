import { spawn } from "node:child_process"

/** What a program left behind: `code` is null where a signal ended it. */
export type ProgramResult = { code: number | null; stdout: string; stderr: string }

/** Runs a JavaScript program below rootDir with the Node of this process and waits for it. A non-zero code is a result, not an error. */
export function runNodeProgram(rootDir: string, script: string, args: string[], stdin = ""): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { cwd: rootDir, env: { ...process.env, NO_COLOR: "1" } })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk))
    child.once("error", reject)
    child.once("close", (code) =>
      resolve({ code, stdout: Buffer.concat(stdout).toString("utf8"), stderr: Buffer.concat(stderr).toString("utf8") }),
    )
    child.stdin.end(stdin)
  })
}

/** The lines of a program's output that say something. */
export const outputLines = (result: ProgramResult): string[] =>
  `${result.stdout}\n${result.stderr}`.split("\n").map((line) => line.trimEnd()).filter((line) => line !== "")
