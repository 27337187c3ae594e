import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { appendFileSync, chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, statSync, statfsSync, symlinkSync, truncateSync, writeFileSync } from "node:fs"
import { type Server, createServer } from "node:net"
import { tmpdir, userInfo } from "node:os"
import path from "node:path"
import type { FangshiError } from "@fangshi/contracts"
import { Client } from "pg"
import { type PostgresOptions, type RunningPostgres, startFailure, startPostgres } from "../src/embedded-postgres"
import { OWN_SOURCES } from "../src/own-sources"

const NOBODY = 65534
const isRoot = process.getuid?.() === 0
const REPOSITORY = path.resolve(__dirname, "../../..")

/** Starts Postgres in a Node of its own and stops it on a signal, as the server does. */
const PROGRAM = `
  import { startPostgres } from ${JSON.stringify(path.resolve(__dirname, "../src/embedded-postgres/index.ts"))}
  let stop = () => Promise.resolve()
  for (const event of ["SIGINT", "SIGTERM", "disconnect"]) process.on(event, () => stop().then(() => process.exit(0)))
  startPostgres(JSON.parse(process.argv[1])).then(
    (postgres) => {
      stop = postgres.stop
      process.send({ url: postgres.superuserUrl, adopted: postgres.adopted })
    },
    (error) => process.send({ code: error.code ?? String(error), params: error.params }, () => process.exit(1)),
  )`

type Started = { url: string; adopted: boolean }
type Refused = { code: string; params: FangshiError["params"] }
type Node = { child: ChildProcess; answer: Promise<Started | Refused>; ended: Promise<number | NodeJS.Signals | null> }

let root: string
let template: string
let folders: string[] = []
let nodes: Node[] = []
let mounts: string[] = []
let listeners: Server[] = []
let strangers: ChildProcess[] = []

beforeAll(async () => {
  root = realpathSync(mkdtempSync(path.join(roomyMemory() ?? tmpdir(), "fangshi-postgres-")))
  // Passable for the ordinary user, whose folder lies in it.
  chmodSync(root, 0o711)
  template = path.join(root, "template")
  const postgres = await startPostgres({ dataDir: template })
  await rows(postgres.superuserUrl, "create table shop (id int primary key, name text not null)")
  await rows(postgres.superuserUrl, "insert into shop values (1, '坊市')")
  await postgres.stop()
})

afterEach(async () => {
  for (const child of [...nodes.map((node) => node.child), ...strangers]) child.kill("SIGKILL")
  for (const folder of folders) {
    const pid = postmasterPid(folder)
    if (isPostgresOf(folder, pid)) process.kill(pid, "SIGQUIT")
    await until(() => !isPostgresOf(folder, pid))
  }
  for (const listener of listeners) await new Promise((resolve) => listener.close(resolve))
  for (const mount of mounts) spawnSync("umount", [mount])
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  folders = []
  nodes = []
  mounts = []
  listeners = []
  strangers = []
})
afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }))

/** Thirty clusters of 40 MB each are copied and removed: in memory that is a matter of seconds. */
function roomyMemory(): string | null {
  if (!existsSync("/dev/shm")) return null
  const { bavail, bsize } = statfsSync("/dev/shm")
  return bavail * bsize > 500e6 ? "/dev/shm" : null
}

function emptyFolder(): string {
  const folder = mkdtempSync(path.join(root, "data-"))
  folders.push(folder)
  return folder
}

/** A stopped cluster that holds one shop, without the time that initdb takes. */
function shopFolder(folder = emptyFolder()): string {
  const copied = spawnSync("cp", ["-R", "-p", `${template}/.`, folder])
  expect(copied.status).toBe(0)
  return folder
}

function hasName(): boolean {
  try {
    return userInfo().username !== ""
  } catch {
    return false
  }
}

async function rows<T extends Record<string, unknown>>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url })
  client.on("error", () => undefined)
  await client.connect()
  try {
    return (await client.query<T>(sql)).rows
  } finally {
    await client.end().catch(() => undefined)
  }
}

const shopNames = async (url: string) => (await rows<{ name: string }>(url, "select name from shop order by id")).map(({ name }) => name)

/** What a program says that Postgres itself runs, so with exactly the rights of Postgres. */
async function saidByPostgres(url: string, program: string): Promise<string> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query("create temporary table said (line text)")
    await client.query(`copy said from program '${program}'`)
    return (await client.query<{ all: string }>("select string_agg(line, ' ') as all from said")).rows[0]?.all ?? ""
  } finally {
    await client.end()
  }
}

async function until(holds: () => boolean, ms = 20_000) {
  for (const end = Date.now() + ms; !holds(); await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain for ${holds.toString()}`)
  }
}

function postmasterPid(folder: string): number {
  const file = path.join(folder, "cluster", "postmaster.pid")
  return existsSync(file) ? Number.parseInt(readFileSync(file, "utf8"), 10) : 0
}

function isPostgresOf(folder: string, pid: number): boolean {
  if (!(pid > 0)) return false
  return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout.includes(path.join(folder, "cluster"))
}

/** The state in pg_control, as pg_controldata tells it: 1 is "shut down", 6 "in production". */
const clusterState = (folder: string) => readFileSync(path.join(folder, "cluster", "global", "pg_control")).readUInt32LE(16)

function inAnotherNode(options: PostgresOptions, { uid, env }: { uid?: number; env?: Record<string, string> } = {}): Node {
  const child = spawn(process.execPath, [...OWN_SOURCES, "--input-type=module", "-e", PROGRAM, JSON.stringify(options)], {
    cwd: REPOSITORY,
    env: { ...process.env, NODE_OPTIONS: "", ...env },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => child.once("exit", (code, signal) => resolve(code ?? signal)))
  const answer = new Promise<Started | Refused>((resolve, reject) => {
    child.once("message", (message) => resolve(message as Started | Refused))
    void ended.then((how) => reject(new Error(`ended (${String(how)}) without an answer`)))
  })
  // Tests that kill it before it answers do not ask.
  answer.catch(() => undefined)
  const node = { child, answer, ended }
  nodes.push(node)
  return node
}

async function started(node: Node): Promise<Started> {
  const answer = await node.answer
  if ("url" in answer) return answer
  throw new Error(`refused: ${JSON.stringify(answer)}`)
}

async function refusal(starting: Promise<RunningPostgres>): Promise<Refused> {
  const error = await starting.then(
    () => null,
    (reason: unknown) => reason as FangshiError,
  )
  return { code: error === null ? "started" : (error.code ?? String(error)), params: error?.params ?? {} }
}

async function taken(port: number): Promise<number> {
  // Whoever calls here is turned away: an open connection would keep the listener from closing.
  const listener = createServer((socket) => socket.destroy())
  const bound = await new Promise<boolean>((resolve) => {
    listener.once("error", () => resolve(false))
    listener.listen(port, "127.0.0.1", () => resolve(true))
  })
  if (!bound) return port
  listeners.push(listener)
  return (listener.address() as { port: number }).port
}

/** Every file with its size and the time of its last change. */
const contents = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => `${file} ${statSync(file).size} ${statSync(file).mtimeMs}`)

describe("a first start", () => {
  it("makes a cluster in UTF-8 that keeps 坊市 as it is", async () => {
    const postgres = await startPostgres({ dataDir: shopFolder() })
    const [shop] = await rows(postgres.superuserUrl, "select name, octet_length(name) as bytes, current_setting('server_encoding') as encoding from shop")
    expect(shop).toEqual({ name: "坊市", bytes: 6, encoding: "UTF8" })
    await postgres.stop()
  })

  it("lets nobody in without the password, which only its owner can read", async () => {
    const folder = shopFolder()
    const postgres = await startPostgres({ dataDir: folder })
    await expect(rows(`postgres://postgres:guess@127.0.0.1:${postgres.port}/postgres`, "select 1")).rejects.toMatchObject({ code: "28P01" })
    expect(statSync(path.join(folder, "password")).mode & 0o077).toBe(0)
    await postgres.stop()
  })

  it("runs Postgres without privileges, by whomever it is started", async () => {
    const postgres = await startPostgres({ dataDir: shopFolder() })
    expect(await saidByPostgres(postgres.superuserUrl, "id -u")).not.toBe("0")
    if (existsSync("/proc/self/status")) expect(await saidByPostgres(postgres.superuserUrl, "grep CapEff /proc/self/status | cut -f 2")).toMatch(/^0+$/)
    await postgres.stop()
  })

  it("works for an ordinary user too", async () => {
    const folder = emptyFolder()
    if (isRoot) chownSync(folder, NOBODY, NOBODY)
    const node = inAnotherNode({ dataDir: folder }, isRoot ? { uid: NOBODY } : {})
    const { url } = await started(node)
    expect(await saidByPostgres(url, "id -u")).toBe(String(isRoot || !hasName() ? NOBODY : process.getuid?.()))
    node.child.kill("SIGTERM")
    expect(await node.ended).toBe(0)
  })

  // Without a namespace, initdb refuses a user whom no passwd file names.
  if (hasName()) {
    it("works where user namespaces are forbidden, and the same folder where they are not", async () => {
      const folder = emptyFolder()
      // No unshare on this path.
      const node = inAnotherNode({ dataDir: folder }, { env: { PATH: path.join(root, "nothing") } })
      const { url } = await started(node)
      expect(await saidByPostgres(url, "/usr/bin/id -u")).not.toBe("0")
      await rows(url, "create table kept as select 7 as value")
      node.child.kill("SIGTERM")
      expect(await node.ended).toBe(0)
      const postgres = await startPostgres({ dataDir: folder })
      expect(await rows(postgres.superuserUrl, "select value from kept")).toEqual([{ value: 7 }])
      await postgres.stop()
    })
  }

  it("starts an initdb over that was interrupted", async () => {
    const folder = emptyFolder()
    const halfMade = path.join(folder, "cluster.making-0")
    mkdirSync(path.join(halfMade, "base"), { recursive: true })
    writeFileSync(path.join(halfMade, "PG_VERSION"), "18\n")
    const first = inAnotherNode({ dataDir: folder })
    await until(() => readdirSync(folder).some((name) => name.startsWith("cluster.making") && existsSync(path.join(folder, name, "base", "1"))))
    first.child.kill("SIGKILL")
    await first.ended
    expect(existsSync(path.join(folder, "cluster"))).toBe(false)
    const postgres = await startPostgres({ dataDir: folder })
    expect(await rows(postgres.superuserUrl, "select datname from pg_database order by 1")).toEqual([{ datname: "postgres" }, { datname: "template0" }, { datname: "template1" }])
    expect(existsSync(halfMade)).toBe(false)
    await postgres.stop()
  })
})

describe("stopping", () => {
  it("keeps every committed row for the next start and waits for no client", async () => {
    const folder = shopFolder()
    const first = await startPostgres({ dataDir: folder })
    const idle = new Client({ connectionString: first.superuserUrl })
    idle.on("error", () => undefined)
    await idle.connect()
    await idle.query("begin")
    await idle.query("insert into shop values (2, 'never committed')")
    await rows(first.superuserUrl, "insert into shop values (3, '茶')")
    await first.stop()
    expect([postmasterPid(folder), clusterState(folder)]).toEqual([0, 1])
    const second = await startPostgres({ dataDir: folder })
    expect(second.adopted).toBe(false)
    expect(await shopNames(second.superuserUrl)).toEqual(["坊市", "茶"])
    await second.stop()
  })

  it.each(["SIGTERM", "SIGINT"] as const)("shuts the cluster down in order on %s", async (signal) => {
    const folder = shopFolder()
    const node = inAnotherNode({ dataDir: folder })
    const { url } = await started(node)
    await rows(url, "insert into shop values (2, '茶')")
    const pid = postmasterPid(folder)
    expect(clusterState(folder)).toBe(6)
    node.child.kill(signal)
    expect(await node.ended).toBe(0)
    expect(isPostgresOf(folder, pid)).toBe(false)
    expect(clusterState(folder)).toBe(1)
    expect(existsSync(path.join(folder, "owner.json"))).toBe(false)
  })

  it("ends quietly when the server has died by itself, and frees the folder", async () => {
    const folder = shopFolder()
    const first = await startPostgres({ dataDir: folder })
    const pid = postmasterPid(folder)
    process.kill(pid, "SIGKILL")
    await until(() => !isPostgresOf(folder, pid))
    await first.stop()
    const second = await startPostgres({ dataDir: folder })
    expect(await shopNames(second.superuserUrl)).toEqual(["坊市"])
    await second.stop()
  })
})

describe("after a killed Node", () => {
  it("adopts the server that was left behind, with every committed row", async () => {
    const folder = shopFolder()
    const node = inAnotherNode({ dataDir: folder })
    const { url } = await started(node)
    await rows(url, "insert into shop values (2, '茶')")
    const pid = postmasterPid(folder)
    node.child.kill("SIGKILL")
    await node.ended
    expect(isPostgresOf(folder, pid)).toBe(true)

    // Through another name of the same folder, as a link to a release would be.
    const link = path.join(root, `link-${pid}`)
    symlinkSync(folder, link)
    const postgres = await startPostgres({ dataDir: link })
    expect([postgres.adopted, postmasterPid(folder), postgres.superuserUrl]).toEqual([true, pid, url])
    expect(await shopNames(postgres.superuserUrl)).toEqual(["坊市", "茶"])
    await postgres.stop()
    expect([isPostgresOf(folder, pid), clusterState(folder)]).toEqual([false, 1])
  })

  it("recovers every committed row when Postgres was killed with it", async () => {
    const folder = shopFolder()
    const node = inAnotherNode({ dataDir: folder })
    const { url } = await started(node)
    await rows(url, "insert into shop values (2, '茶')")
    node.child.kill("SIGKILL")
    await node.ended
    process.kill(postmasterPid(folder), "SIGKILL")
    expect(clusterState(folder)).toBe(6)
    const postgres = await startPostgres({ dataDir: folder })
    expect(postgres.adopted).toBe(false)
    expect(await shopNames(postgres.superuserUrl)).toEqual(["坊市", "茶"])
    await postgres.stop()
  })

  it("waits for a child of the killed server instead of starting a second one beside it, whatever the pid file says", async () => {
    const folder = shopFolder()
    const node = inAnotherNode({ dataDir: folder })
    const { url } = await started(node)
    const client = new Client({ connectionString: url })
    client.on("error", () => undefined)
    await client.connect()
    const backend = (await client.query<{ pid: number }>("select pg_backend_pid() as pid")).rows[0]?.pid ?? 0
    const postmaster = postmasterPid(folder)
    // A stopped child cannot notice that its server is gone, and keeps its memory.
    process.kill(backend, "SIGSTOP")
    try {
      node.child.kill("SIGKILL")
      await node.ended
      process.kill(postmaster, "SIGKILL")
      await until(() => !isPostgresOf(folder, postmaster))
      const file = path.join(folder, "cluster", "postmaster.pid")
      const sharedMemory = () => (existsSync(file) ? readFileSync(file, "utf8").split("\n")[6] : "no pid file")
      const before = sharedMemory()
      writeFileSync(file, readFileSync(file, "utf8").replace(/^\d+/, String(process.ppid)))
      const starting = startPostgres({ dataDir: folder })
      await Promise.race([starting, until(() => /shared memory block .* still in use/.test(readFileSync(path.join(folder, "postgres.log"), "utf8")))])
      expect([isPostgresOf(folder, postmasterPid(folder)), sharedMemory()]).toEqual([false, before])
      expect(before).toMatch(/\d+ +\d+/)
      process.kill(backend, "SIGCONT")
      const postgres = await starting
      expect(await shopNames(postgres.superuserUrl)).toEqual(["坊市"])
      await postgres.stop()
    } finally {
      if (spawnSync("ps", ["-p", String(backend)]).status === 0) process.kill(backend, "SIGKILL")
      await client.end().catch(() => undefined)
    }
  })

  const dead = () => spawnSync("true").pid
  /** A child that has ended, of a parent that never asks for it. */
  async function unreaped(): Promise<number> {
    const parent = spawn("sh", ["-c", "sleep 0.2 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "ignore"] })
    strangers.push(parent)
    const pid = Number(await new Promise<Buffer>((resolve) => parent.stdout.once("data", resolve)))
    await until(() => spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).stdout.startsWith("Z"))
    return pid
  }
  const owner = (folder: string, text: string) => writeFileSync(path.join(folder, "owner.json"), text)
  const pidFile = (folder: string, text: string) => writeFileSync(path.join(folder, "cluster", "postmaster.pid"), text)
  const pidFileOf = (folder: string, pid: number) => pidFile(folder, `${pid}\n${path.join(folder, "cluster")}\n1700000000\n1\n\n127.0.0.1\n\n`)

  it.each<[string, (folder: string) => void | Promise<void>]>([
    ["an owner.json of a process that is gone", (folder) => owner(folder, JSON.stringify({ pid: dead(), started: "1" }))],
    ["an owner.json whose pid belongs to another process by now", (folder) => owner(folder, JSON.stringify({ pid: process.pid, started: "1" }))],
    ["an owner.json of a process that has ended and was never waited for", async (folder) => owner(folder, JSON.stringify({ pid: await unreaped(), started: "" }))],
    ["an owner.json without content", (folder) => owner(folder, "")],
    ["a postmaster.pid of a process that is gone", (folder) => pidFileOf(folder, dead())],
    ["a postmaster.pid whose pid belongs to another process by now", (folder) => pidFileOf(folder, process.ppid)],
    ["a postmaster.pid without content", (folder) => pidFile(folder, "")],
    ["a postmaster.pid of nonsense", (folder) => pidFile(folder, "坊市\n")],
  ])("is not kept from starting by %s", async (_, leave) => {
    const folder = shopFolder()
    await leave(folder)
    const postgres = await startPostgres({ dataDir: folder })
    expect(postgres.adopted).toBe(false)
    expect(await shopNames(postgres.superuserUrl)).toEqual(["坊市"])
    await postgres.stop()
  })
})

describe("two owners", () => {
  it("refuses the second with POSTGRES_BUSY, names the first, and the first goes on", async () => {
    const folder = shopFolder()
    const first = await startPostgres({ dataDir: folder })
    const second = await inAnotherNode({ dataDir: folder }).answer
    expect(second).toEqual({ code: "POSTGRES_BUSY", params: { pid: process.pid, folder: path.basename(folder) } })
    expect(await shopNames(first.superuserUrl)).toEqual(["坊市"])
    await first.stop()
  })

  it("lets exactly one of several in that find the same stale lock at once", async () => {
    const folder = shopFolder()
    writeFileSync(path.join(folder, "owner.json"), JSON.stringify({ pid: process.pid, started: "1" }))
    const rivals = [1, 2, 3].map(() => inAnotherNode({ dataDir: folder }))
    const answers = await Promise.all(rivals.map(({ answer }) => answer))
    const winner = rivals[answers.findIndex((answer) => "url" in answer)]
    expect(answers.filter((answer) => "url" in answer)).toHaveLength(1)
    for (const answer of answers) if ("code" in answer) expect(answer).toEqual({ code: "POSTGRES_BUSY", params: { pid: winner?.child.pid, folder: path.basename(folder) } })
    winner?.child.kill("SIGTERM")
    await winner?.ended
    expect(readdirSync(folder).filter((name) => name.startsWith("owner"))).toEqual([])
  })
})

describe("a taken port", () => {
  it("is an error where the port was asked for, and the folder is free again", async () => {
    const folder = shopFolder()
    const port = await taken(0)
    expect(await refusal(startPostgres({ dataDir: folder, port }))).toEqual({ code: "POSTGRES_PORT_TAKEN", params: { port } })
    const postgres = await startPostgres({ dataDir: folder })
    expect(await shopNames(postgres.superuserUrl)).toEqual(["坊市"])
    await postgres.stop()
  })

  it("is avoided where it was not", async () => {
    await taken(54329)
    const postgres = await startPostgres({ dataDir: shopFolder() })
    expect(postgres.port).not.toBe(54329)
    expect(await shopNames(postgres.superuserUrl)).toEqual(["坊市"])
    await postgres.stop()
  })
})

describe("a folder that is not ours to change", () => {
  it("of another major version is refused with POSTGRES_VERSION and left as it is", async () => {
    const folder = shopFolder()
    const file = path.join(folder, "cluster", "PG_VERSION")
    const shipped = readFileSync(file, "utf8").trim()
    writeFileSync(file, "12\n")
    const before = contents(folder)
    expect(await refusal(startPostgres({ dataDir: folder }))).toEqual({ code: "POSTGRES_VERSION", params: { found: "12", shipped } })
    expect(contents(folder)).toEqual(before)
  })

  it("without a PG_VERSION is refused with POSTGRES_NOT_STARTED and left as it is", async () => {
    const folder = shopFolder()
    rmSync(path.join(folder, "cluster", "PG_VERSION"))
    const before = contents(folder)
    const { code, params } = await refusal(startPostgres({ dataDir: folder }))
    expect([code, params.problem]).toEqual(["POSTGRES_NOT_STARTED", expect.stringContaining("no PG_VERSION")])
    expect(contents(folder)).toEqual(before)
  })
})

describe("the server's own words", () => {
  const log = path.join(tmpdir(), "postgres.log")
  const meaning = (words: string) => {
    const { code, params } = startFailure(words, log)
    return { code, params }
  }

  it("about a full disk become POSTGRES_DISK_FULL", () => {
    for (const words of [
      'FATAL:  could not write lock file "postmaster.pid": No space left on device\n',
      'PANIC:  could not write to file "pg_wal/xlogtemp.31": No space left on device\nLOG:  startup process (PID 31) was terminated by signal 6: Aborted\n',
      'initdb: error: could not write file "/data/cluster/PG_VERSION": Disk quota exceeded\n',
    ]) {
      expect(meaning(words)).toEqual({ code: "POSTGRES_DISK_FULL", params: {} })
    }
  })

  it("about a port become POSTGRES_PORT_TAKEN", () => {
    const words = 'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use\nHINT:  Is another postmaster already running on port 5544? If not, wait a few seconds and retry.\nFATAL:  could not create any TCP/IP sockets\n'
    expect(meaning(words)).toEqual({ code: "POSTGRES_PORT_TAKEN", params: { port: "5544" } })
  })

  it("about anything else are handed on with the name of the log", () => {
    expect(meaning('LOG:  starting\nFATAL:  unrecognized configuration parameter "forkfsync"\n')).toEqual({
      code: "POSTGRES_NOT_STARTED",
      params: { problem: 'FATAL:  unrecognized configuration parameter "forkfsync"', log: "postgres.log" },
    })
  })
})

const mountDisk = (folder: string, megabytes: number, more = "") => spawnSync("mount", ["-t", "tmpfs", "-o", `${more}size=${megabytes}m,mode=700`, "tmpfs", folder]).status === 0

function canMount(): boolean {
  if (!isRoot) return false
  const folder = mkdtempSync(path.join(tmpdir(), "fangshi-mount-"))
  const can = mountDisk(folder, 1)
  if (can) spawnSync("umount", [folder])
  rmSync(folder, { recursive: true })
  return can
}

// A real disk can be filled only where we may mount a small one; elsewhere the server's own words stand for it.
if (canMount()) {
  describe("a full disk", () => {
    const PAGE = 4096

    function smallDisk(megabytes: number): string {
      const folder = emptyFolder()
      expect(mountDisk(folder, megabytes)).toBe(true)
      mounts.push(folder)
      return folder
    }

    /** Fills the disk but for some pages, and returns the file that does so. */
    function fill(folder: string, spare: number): string {
      const ballast = path.join(folder, "ballast")
      writeFileSync(ballast, "")
      try {
        for (;;) appendFileSync(ballast, Buffer.alloc(16 * PAGE))
      } catch {
        truncateSync(ballast, statSync(ballast).size - spare * PAGE)
      }
      return ballast
    }

    it("under initdb is POSTGRES_DISK_FULL and leaves nothing half-made; with more room it starts", async () => {
      const folder = smallDisk(20)
      expect(await refusal(startPostgres({ dataDir: folder }))).toEqual({ code: "POSTGRES_DISK_FULL", params: {} })
      expect(readdirSync(folder)).toEqual(["password"])
      expect(mountDisk(folder, 90, "remount,")).toBe(true)
      const postgres = await startPostgres({ dataDir: folder })
      expect(await rows(postgres.superuserUrl, "select 1 as one")).toEqual([{ one: 1 }])
      await postgres.stop()
    })

    it("that fills up under a running server loses nothing that was committed", async () => {
      const folder = shopFolder(smallDisk(64))
      const first = await startPostgres({ dataDir: folder })
      await rows(first.superuserUrl, "create table pile (id int primary key, load text storage external)")
      const client = new Client({ connectionString: first.superuserUrl })
      client.on("error", () => undefined)
      await client.connect()
      let committed = 0
      const failure = await (async () => {
        for (;;) {
          await client.query("insert into pile values ($1, repeat('坊市', 50000))", [committed + 1])
          committed++
        }
      })().catch((error: unknown) => error as Error)
      await client.end().catch(() => undefined)
      await first.stop()
      expect([committed > 10, failure instanceof Error]).toEqual([true, true])

      const ballast = fill(folder, 0)
      expect(await refusal(startPostgres({ dataDir: folder }))).toEqual({ code: "POSTGRES_DISK_FULL", params: {} })
      rmSync(ballast)
      expect(mountDisk(folder, 128, "remount,")).toBe(true)
      const second = await startPostgres({ dataDir: folder })
      expect(await rows(second.superuserUrl, `select count(*)::int as whole from pile where id <= ${committed} and octet_length(load) = 300000`)).toEqual([{ whole: committed }])
      expect(await shopNames(second.superuserUrl)).toEqual(["坊市"])
      await second.stop()
    })

    it("is told as such even where the log has no room for Postgres to say so", async () => {
      const folder = shopFolder(smallDisk(64))
      const log = path.join(folder, "postgres.log")
      appendFileSync(log, " ".repeat(PAGE - (statSync(log).size % PAGE)))
      // Room for owner.json and nothing else.
      const ballast = fill(folder, 1)
      const before = statSync(log).size
      expect(await refusal(startPostgres({ dataDir: folder }))).toEqual({ code: "POSTGRES_DISK_FULL", params: {} })
      expect(statSync(log).size).toBe(before)
      rmSync(ballast)
      const postgres = await startPostgres({ dataDir: folder })
      expect(await shopNames(postgres.superuserUrl)).toEqual(["坊市"])
      await postgres.stop()
    })
  })
}
