import { randomUUID } from "node:crypto"
import type { MedusaContainer } from "@medusajs/framework/types"

type Notes = { createNotes(note: { slug: string; text: string }): Promise<{ id: string }> }

/** A row of medusa-plugin-notes: what happened, in which process, and whose word it had. */
export async function leaveNote(container: MedusaContainer, what: string, word: string): Promise<void> {
  await container.resolve<Notes>("notes").createNotes({ slug: `${what}|${process.pid}|${randomUUID()}`, text: word })
}
