import { setTimeout as sleep } from "node:timers/promises"
import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { Modules } from "@medusajs/framework/utils"
import { leaveNote } from "../leave-note"

/** Slow enough for a queue to build up, under a lock of its own, and with an event of its own at the end. */
export default async function asked({ event, container }: SubscriberArgs<{ id: string; word: string }>) {
  const { id, word } = event.data
  await container.resolve(Modules.LOCKING).execute(`probe-asked:${id}`, async () => {
    await leaveNote(container, `asked:${id}`, word)
    await sleep(20)
  })
  await container.resolve(Modules.EVENT_BUS).emit({ name: "probe.answered", data: event.data })
}

export const config: SubscriberConfig = { event: "probe.asked" }
