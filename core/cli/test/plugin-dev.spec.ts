import { readFileSync, writeFileSync } from "node:fs"
import path from "node:path"
import { asOwner } from "@fangshi/testing"
import { DevSession, STARTED, health } from "./dev-session"

// The first start migrates and boots; later ones boot.
jest.setTimeout(300_000)

let session: DevSession
beforeAll(async () => void (session = await DevSession.begin("tea-notes")))
afterAll(() => session.close())

it("fangshi dev brings the plugin's tables, starts anew at each change, says what is wrong and goes on when it is mended", async () => {
  const first = await session.next(STARTED)
  expect(await health(first)).toBe(200)
  expect(await asOwner(session.database.ownerUrl, "select from tea_notes_entry")).toEqual([])

  const file = path.join(session.folder, "src/plugin.ts")
  const good = readFileSync(file, "utf8")
  writeFileSync(file, good.replace('version: "0.1.0"', 'version: "0.2.0"'))
  await session.next(/^(PLUGIN_UNREADABLE)$/m)
  expect(await health(first)).toBe("gone")
  writeFileSync(file, good)
  const second = await session.next(STARTED)
  expect([second === first, await health(second)]).toEqual([false, 200])

  expect([await session.stop(), await health(second)]).toEqual([0, "gone"])
})
