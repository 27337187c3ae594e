import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { type AddressInfo, connect, createServer } from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import { setTimeout as sleep } from "node:timers/promises"

const PROGRAM = "redis-server"

export type RedisServer = { url: string; stop: () => Promise<void> }

/** Whether there is a redis-server on the PATH. */
export const hasRedis = (): boolean => spawnSync(PROGRAM, ["--version"], { stdio: "ignore" }).status === 0

/** An empty Redis on a free port of 127.0.0.1 that keeps nothing and tells of every key it touches. */
export async function startRedis(): Promise<RedisServer> {
  const folder = mkdtempSync(path.join(tmpdir(), "fangshi-redis-"))
  const port = await freePort()
  const settings = { port, bind: "127.0.0.1", dir: folder, save: "", appendonly: "no", "notify-keyspace-events": "KA" }
  const child = spawn(PROGRAM, Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]), { stdio: "ignore" })
  const stop = async () => {
    await ended(child)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await answering(port, child)
    return { url: `redis://127.0.0.1:${port}`, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer().once("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

async function answering(port: number, child: ChildProcess) {
  for (const end = Date.now() + 10_000; Date.now() < end; await sleep(50)) {
    if (child.exitCode !== null) throw new Error(`${PROGRAM} stopped (${child.exitCode})`)
    if (await listens(port)) return
  }
  throw new Error(`${PROGRAM} does not answer`)
}

const listens = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1")
    socket.once("error", () => resolve(false))
    socket.once("connect", () => resolve(Boolean(socket.destroy())))
  })

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once("exit", () => resolve())
    child.kill()
  })
}
