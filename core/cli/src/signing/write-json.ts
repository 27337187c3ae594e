import { mkdirSync, renameSync, rmdirSync, writeFileSync } from "node:fs"
import path from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { FangshiError } from "@fangshi/contracts"

/** Writes JSON whole or not at all: who reads meanwhile sees the old or the new. */
export function writeJson(file: string, value: unknown): void {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(`${file}.part`, `${JSON.stringify(value, null, 2)}\n`)
  renameSync(`${file}.part`, file)
}

const PATIENCE_MS = 10_000

/** Runs the work while nobody else works below that folder, in any process. Throws PLUGIN_FILE_UNREADABLE after ten seconds, with the lock's path: whoever left it may have died. */
export async function alone<T>(folder: string, work: () => T | Promise<T>): Promise<T> {
  const lock = path.join(folder, ".lock")
  mkdirSync(folder, { recursive: true })
  for (let waited = 0; ; waited += 50) {
    try {
      mkdirSync(lock)
      break
    } catch (error) {
      if ((error as { code?: string }).code !== "EEXIST") throw error
    }
    if (waited >= PATIENCE_MS) throw new FangshiError("PLUGIN_FILE_UNREADABLE", { file: lock, problem: { "zh-CN": "别的命令正在写，或中断时留下了它；确认后删除", en: "another command is writing, or died and left it; look, then remove it" } })
    await wait(50)
  }
  try {
    return await work()
  } finally {
    rmdirSync(lock)
  }
}
