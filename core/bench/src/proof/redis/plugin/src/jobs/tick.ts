import type { MedusaContainer } from "@medusajs/framework/types"
import { leaveNote } from "../leave-note"

/** Leaves one note a run, named after the time it was scheduled for. */
export default async function tick(container: MedusaContainer, { scheduledFor }: { scheduledFor: Date }) {
  await leaveNote(container, `job:${scheduledFor.getTime()}`, "tick")
}

export const config = { name: "probe-tick", schedule: "*/3 * * * * *" }
