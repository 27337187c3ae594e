import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { createTranslationsWorkflow, updateTranslationsWorkflow } from "@medusajs/medusa/core-flows"

/** Medusa names locales by language and country; the platform's "en" is this one. */
export const ENGLISH = "en-US"

export type Translated = { id: string; texts: Record<string, string | undefined> }

/** Writes the English texts of rows of one kind in the current tenant, replacing those that exist. */
export async function saveTranslations(container: MedusaContainer, reference: string, rows: Translated[]): Promise<void> {
  if (!rows.length) return
  const existing = await container.resolve(Modules.TRANSLATION).listTranslations({ reference, reference_id: rows.map((row) => row.id), locale_code: ENGLISH }, { take: rows.length, select: ["id", "reference_id"] })
  const idOf = new Map(existing.map((row) => [row.reference_id, row.id]))
  const added = rows.filter((row) => !idOf.has(row.id)).map((row) => ({ reference, reference_id: row.id, locale_code: ENGLISH, translations: row.texts }))
  const changed = rows.flatMap((row) => {
    const id = idOf.get(row.id)
    return id ? [{ id, translations: row.texts }] : []
  })
  if (added.length) await createTranslationsWorkflow(container).run({ input: { translations: added } as never })
  if (changed.length) await updateTranslationsWorkflow(container).run({ input: { translations: changed } as never })
}
