import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { type TestDatabase, asOwner, cloneDatabase, rowsOf } from "@fangshi/testing"
import { CommandProcess } from "./command-process"
import { refusalOf, runFangshi } from "./run-fangshi"
import { shop, tenantsFolder } from "./shop-folder"

// What switches a plugin boots the host.
jest.setTimeout(180_000)

let database: TestDatabase
let folder: string
let work: string

const commands = new CommandProcess(() => database)
const fangshi = (...args: string[]) => commands.run(args)
/** What boots a host has a process to itself, as people's commands do. */
const alone = (...args: string[]) => runFangshi(database, args)
const entries = (tenant: string) => rowsOf<{ text: string }>(tenant, "guestbook_entry", database)

beforeAll(async () => {
  database = await cloneDatabase()
  folder = tenantsFolder({ noodles: shop("noodles"), tea: shop("tea") })
  work = mkdtempSync(path.join(tmpdir(), "fangshi-settings-"))
  await alone("tenant", "apply", "--dir", folder)
})
afterAll(async () => {
  await commands.end()
  await database.drop()
  for (const each of [folder, work]) rmSync(each, { recursive: true, force: true })
})

it("fangshi tenant activates, configures and deactivates a plugin of one shop, and shows what a purge removes before it does", async () => {
  expect(await alone("tenant", "activate", "noodles", "guestbook")).toMatchObject({ code: 0, err: "", out: "✓ noodles guestbook on\n" })
  const file = path.join(work, "settings.json")
  writeFileSync(file, JSON.stringify({ open: false, token: "t0ken" }))
  const set = await fangshi("tenant", "configure", "noodles", "guestbook", "--file", file)
  expect(JSON.parse(set.out)).toEqual({ greeting: { "zh-CN": "欢迎", en: "Welcome" }, open: false, token: true })
  const listed = await fangshi("tenant", "plugins", "noodles")
  expect(listed.out).toMatch(/^guestbook +1\.2\.0 +on +留言簿 Guest book$/m)
  expect((await fangshi("tenant", "plugins", "tea")).out).toMatch(/^guestbook +1\.2\.0 +off /m)

  const shown = await fangshi("tenant", "deactivate", "noodles", "guestbook", "--purge")
  expect(shown.out).toMatch(/- guestbook_entry +1\n/)
  expect(await entries("noodles")).toHaveLength(1)
  expect((await alone("tenant", "deactivate", "noodles", "guestbook", "--purge", "--yes")).code).toBe(0)
  expect(await entries("noodles")).toEqual([])
  expect(await asOwner(database.ownerUrl, "select plugin from tenancy.tenant_plugin where tenant_id = 'noodles'")).toEqual([])
  expect((await alone("tenant", "restore", "noodles", "guestbook")).out).toBe("✓ noodles guestbook on\n")
  expect((await entries("noodles")).map(({ text }) => text)).toEqual(["opened"])
})

it("fangshi plugin kill switches a plugin off in every shop until it is revived; fangshi tenant release lets a paused one run again", async () => {
  await alone("tenant", "activate", "tea", "guestbook")
  const stateIn = async (tenant: string) => (await fangshi("tenant", "plugins", tenant)).out.split("\n").find((line) => line.startsWith("guestbook"))?.split(/ +/)[2]
  expect((await fangshi("plugin", "kill", "guestbook", "--reason", "a leak")).out).toBe("✓ guestbook killed\n")
  expect([await stateIn("tea"), await stateIn("noodles")]).toEqual(["killed", "killed"])
  expect((await fangshi("plugin", "revive", "guestbook")).out).toBe("✓ guestbook revived\n")
  await asOwner(database.ownerUrl, "update tenancy.tenant_plugin set quarantined_at = now(), quarantine_reason = 'request: boom' where tenant_id = 'tea'")
  expect([await stateIn("tea"), await stateIn("noodles")]).toEqual(["paused", "on"])
  expect((await fangshi("tenant", "release", "tea", "guestbook")).out).toBe("✓ tea guestbook on\n")
  expect(await stateIn("tea")).toBe("on")
  expect(refusalOf(await fangshi("plugin", "kill", "nothing", "--reason", "x"))).toMatchObject({ code: "PLUGIN_UNKNOWN" })
})

it("refuses a shop or a plugin that is not there, and a setting that is wrong", async () => {
  expect(refusalOf(await alone("tenant", "activate", "nobody", "guestbook"))).toMatchObject({ code: "TENANT_UNKNOWN" })
  expect(refusalOf(await fangshi("tenant", "activate", "tea", "nothing"))).toMatchObject({ code: "PLUGIN_UNKNOWN" })
  const file = path.join(work, "wrong.json")
  writeFileSync(file, JSON.stringify({ open: "perhaps" }))
  expect(refusalOf(await fangshi("tenant", "configure", "tea", "guestbook", "--file", file))).toMatchObject({ exit: 1, code: "PLUGIN_SETTINGS_INVALID" })
})
