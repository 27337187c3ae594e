import { EventEmitter } from "node:events"
import type { LivePort } from "@fangshi/contracts"
import { currentTenant, runInTenant } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { log } from "../log"
import { type Changes, LIVE_MESSAGES } from "../plugin-host/changes"

/** So long are messages on one topic gathered, in milliseconds. */
const GATHER_MS = 100
const MOST_BYTES = 4_000

type Message = { room: string; message: unknown }

/** Null for what somebody else said on our channel: it must not end the process. */
function readMessage(payload: string): Message | null {
  try {
    const { room, message } = JSON.parse(payload) as Partial<Message>
    return typeof room === "string" ? { room, message } : null
  } catch {
    return null
  }
}

/** Messages to everybody who watches, in every process; Postgres carries them. */
export class Live {
  private readonly watchers = new EventEmitter().setMaxListeners(0)
  private readonly waiting = new Map<string, unknown>()

  constructor(
    private readonly knex: Knex,
    changes: Pick<Changes, "on">,
  ) {
    changes.on(LIVE_MESSAGES, (payload) => {
      const heard = readMessage(payload)
      if (heard) this.watchers.emit(heard.room, heard.message)
    })
  }

  portFor(plugin: string): LivePort {
    const roomOf = (topic: string) => `${currentTenant()}|${plugin}|${topic}`
    return {
      publish: (topic, message) => this.publish(roomOf(topic), message),
      subscribe: (topic, hear) => {
        const [room, tenant] = [roomOf(topic), currentTenant()]
        // Messages arrive on a connection without a tenant; who hears them works for the shop.
        const listener = (message: unknown) => void runInTenant(tenant, () => hear(message)).catch((err: unknown) => log.warn({ err, plugin }, "a watcher failed"))
        this.watchers.on(room, listener)
        return () => void this.watchers.off(room, listener)
      },
    }
  }

  private publish(room: string, message: unknown): void {
    if (Buffer.byteLength(JSON.stringify({ room, message })) > MOST_BYTES) throw new RangeError(`More than ${MOST_BYTES} bytes for ${room}`)
    const first = !this.waiting.has(room)
    this.waiting.set(room, message)
    if (!first) return
    setTimeout(() => {
      const payload = JSON.stringify({ room, message: this.waiting.get(room) })
      this.waiting.delete(room)
      // A message that is lost is seen with the next one, or when the page is read again.
      this.knex.raw("select pg_notify(?, ?)", [LIVE_MESSAGES, payload]).then(undefined, (err: unknown) => log.warn({ err }, "watchers were not told"))
    }, GATHER_MS).unref()
  }
}
