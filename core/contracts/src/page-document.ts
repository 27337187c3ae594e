import { z } from "zod"
import { localizedText } from "./localized"
import { PAGE_KINDS } from "./page-kinds"

const MOST_SECTIONS = 40

export const pageSection = z.strictObject({
  /** Unique on its page; keeps a section's identity while it is moved. */
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  /** A section of the theme. */
  type: z.string().regex(/^[a-z0-9-]{1,40}$/),
  hidden: z.boolean().optional(),
  settings: z.record(z.string().max(60), z.unknown()),
})
export type PageSection = z.infer<typeof pageSection>

export const pageDocument = z.strictObject({ sections: z.array(pageSection).max(MOST_SECTIONS) })
export type PageDocument = z.infer<typeof pageDocument>

export const pageHandle = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/).max(80)

/** A page as it leaves a shop and enters another: with the theme that its sections belong to. */
export const exportedPage = z.strictObject({
  kind: z.enum(PAGE_KINDS),
  handle: pageHandle,
  title: localizedText.nullable(),
  theme: z.string().max(40),
  theme_version: z.string().max(20),
  document: pageDocument,
})
export type ExportedPage = z.infer<typeof exportedPage>
export const exportedPages = z.strictObject({ pages: z.array(exportedPage).max(500) })
