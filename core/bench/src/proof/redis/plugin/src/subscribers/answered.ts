import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { leaveNote } from "../leave-note"

/** Shows that what a subscriber emits arrives as well. */
export default async function answered({ event, container }: SubscriberArgs<{ id: string; word: string }>) {
  await leaveNote(container, `answered:${event.data.id}`, event.data.word)
}

export const config: SubscriberConfig = { event: "probe.answered" }
