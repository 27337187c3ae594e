import type { ChildProcess } from "node:child_process"
import { execFile } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { promisify } from "node:util"
import { type TestDatabase, asOwner, cloneDatabase, startHostProcess } from "@fangshi/testing"
import { jestArgs } from "../src/commands/plugin-test"
import { REPOSITORY, environment, startFangshi } from "./run-fangshi"

// Two times the plugin's own tests, and three starts of the platform.
jest.setTimeout(600_000)

const PAGE = readFileSync(path.join(REPOSITORY, "core/docs/plugins/tutorial.md"), "utf8")
const KEEPS = path.join(__dirname, "keep-cluster.ts")
const FANGSHI = "npm run fangshi -- "

type Block = { language: string; about: string; text: string }
const blocks: Block[] = [...PAGE.matchAll(/^```(\w+) ?(.*)\n([\s\S]*?)^```$/gm)].map(([, language = "", about = "", text = ""]) => ({ language, about, text }))

let database: TestDatabase
let root: string
let data: string
let publicKey = ""
let dev: ChildProcess | undefined
const variables: Record<string, string> = {}
/** What the commands printed, by command. */
const printed: [command: string, output: string][] = []

beforeAll(async () => {
  database = await cloneDatabase("demoTemplate")
  root = mkdtempSync(path.join(tmpdir(), "fangshi-tutorial-"))
  data = path.join(root, "data")
  mkdirSync(data)
})
afterAll(async () => {
  dev?.kill("SIGTERM")
  await database?.drop()
  rmSync(root, { recursive: true, force: true })
})

/** What is beside the repository is in a folder of the test's own; the rest stands as it is written. */
const here = (text: string) => text.replaceAll("$PWD/../", `${root}/`).replaceAll("../", `${root}/`).replaceAll(".data/", `${data}/`).replaceAll("<public key>", publicKey)
const words = (line: string) => [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => double ?? single ?? bare ?? "")
const env = () => environment(database, { FANGSHI_DATA: data, ...variables })

function start(args: string[]): { child: ChildProcess; output: () => string; ended: Promise<number | null> } {
  const child = startFangshi(args, env())
  let output = ""
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()))
  return { child, output: () => output, ended: new Promise((resolve) => child.once("close", resolve)) }
}

async function pluginTest(folder: string): Promise<string> {
  const args = ["--experimental-vm-modules", "--no-warnings", ...jestArgs(folder, ["--globalSetup", KEEPS, "--globalTeardown", KEEPS, "--silent"])]
  return (await promisify(execFile)(process.execPath, args, { cwd: REPOSITORY, env: { ...process.env, FANGSHI_TEST_HOST: undefined } }).catch((error: { stderr: string }) => error)).stderr
}

async function follow(line: string): Promise<void> {
  const command = here(line)
  const [, name = "", value = ""] = /^export (\w+)=(\S+)$/.exec(command) ?? []
  if (name) variables[name] = value
  else if (command.startsWith("unset ")) delete variables[command.slice("unset ".length)]
  else if (!command.startsWith(FANGSHI)) throw new Error(`The tutorial has a command that is not followed: ${line}`)
  else {
    const args = words(command.slice(FANGSHI.length))
    const [group, verb, folder = ""] = args
    if (group === "plugin" && verb === "test") return void printed.push([line, await pluginTest(folder)])
    const { output, ended } = start(args)
    const code = await ended
    printed.push([line, output()])
    if (code !== 0) throw new Error(`${line} → ${code}\n${output()}`)
    publicKey = /公钥 public key: (\S+)/.exec(output())?.[1] ?? publicKey
  }
}

/** Runs on until the host is there. */
async function runBehind(line: string): Promise<void> {
  const { child, output } = start(words(here(line).slice(FANGSHI.length)))
  dev = child
  for (const deadline = Date.now() + 200_000; !/^✓ http/m.test(output()); await new Promise((resolve) => setTimeout(resolve, 100))) {
    if (Date.now() > deadline || child.exitCode !== null) throw new Error(`${line}\n${output()}`)
  }
  printed.push([line, output()])
}

it("the tutorial leads, to the letter, from nothing to a published plugin that another deployment installs and runs", async () => {
  for (const { language, about, text } of blocks) {
    if (language === "sh" && about === "background") await runBehind(text.trim())
    else if (language === "sh") for (const line of text.trim().split("\n")) await follow(line)
    else if (language === "json") writeFileSync(here(about), here(text))
    else writeFileSync(path.join(root, "wishes", about), text)
  }
  const said = (command: string) => printed.filter(([line]) => line.includes(command)).map(([, output]) => output)
  const [untouched, changed] = said("plugin test")
  expect(untouched).toMatch(/Tests: +9 passed, 9 total/)
  expect(changed).toMatch(/Tests: +10 passed, 10 total/)
  expect(said("tenant plugins community")).toEqual([expect.stringMatching(/wishes/)])
  expect(said("plugin list")).toEqual([expect.stringMatching(/wishes.*0\.1\.0/)])

  dev?.kill("SIGTERM")
  const host = await startHostProcess(database, { FANGSHI_DATA: data })
  try {
    const keys = await asOwner<{ tenant_id: string; token: string }>(database.ownerUrl, "select tenant_id, token from api_key where type = 'publishable'")
    const wishes = (tenant: string) => fetch(`${host.url}/store/wishes`, { headers: { "x-tenant": tenant, "x-publishable-api-key": keys.find(({ tenant_id }) => tenant_id === tenant)?.token ?? "" } }).then(({ status }) => status)
    expect([await wishes("community"), await wishes("village")]).toEqual([200, 404])
  } finally {
    await host.kill()
  }
})
