import { randomBytes, timingSafeEqual } from "node:crypto"
import {
  type ExportedPage, FangshiError, type LocalizedText, ONLY_HANDLE, type PageDocument, type PageKind, type PageSection, type ThemeManifest, checkDocument, hasHandles, migrateDocument, showableSections,
} from "@fangshi/contracts"
import { type UnitOfWork, inUnitOfWork } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { InferTypeOf } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaService } from "@medusajs/framework/utils"
import { StorefrontPage, StorefrontPageRevision } from "./models/storefront-page"

type Row = InferTypeOf<typeof StorefrontPage>
/** Which page, of which theme. */
export type PageKey = { theme: ThemeManifest; kind: PageKind; handle: string }

/** A page for those who arrange it. `number` is the revision shown to shoppers; null where it is the theme's own page or none. */
export type EditedPage = {
  kind: PageKind
  handle: string
  title: LocalizedText | null
  version: number
  number: number | null
  draft: PageDocument | null
  published: PageDocument | null
  preview_token: string | null
}

/** A page for those who look at it. */
export type ShownPage = { kind: PageKind; handle: string; title: LocalizedText | null; number: number | null; sections: PageSection[] }

export type SaveDraft = { document: unknown; title?: LocalizedText | null; version?: number }

const newToken = () => randomBytes(16).toString("hex")

/** Pages as data: drafts, publication, history. Every shop has its own; under a theme's newer version older pages go on working. */
export class PagesService extends MedusaService({ StorefrontPage, StorefrontPageRevision }) {
  private readonly knex: Knex

  constructor(container: Record<string, unknown>) {
    // Medusa's generated constructor reads all it is given.
    super(...(arguments as unknown as [never]))
    this.knex = container[ContainerRegistrationKeys.PG_CONNECTION] as Knex
  }

  /** All pages of a theme that the shop has touched, with those the theme brings. */
  async listPages(theme: ThemeManifest): Promise<Omit<EditedPage, "draft" | "published" | "preview_token">[]> {
    const rows = await this.listStorefrontPages({ theme: theme.name }, { order: { kind: "ASC", handle: "ASC" }, take: 1_000 })
    const own = (Object.keys(theme.pages) as PageKind[]).filter((kind) => !hasHandles(kind) && !rows.some((row) => row.kind === kind))
    return [
      ...own.map((kind) => ({ kind, handle: ONLY_HANDLE, title: null, version: 0, number: null })),
      ...rows.map((row) => ({ kind: row.kind as PageKind, handle: row.handle, title: titleOf(row), version: row.version, number: row.published_number })),
    ]
  }

  /** Throws PAGE_UNKNOWN. */
  async getPage(key: PageKey): Promise<EditedPage> {
    const row = await this.findRow(key)
    const own = key.theme.pages[key.kind]
    if (!row) {
      if (!own || hasHandles(key.kind)) throw unknownPage(key)
      return { kind: key.kind, handle: key.handle, title: null, version: 0, number: null, draft: null, published: own, preview_token: null }
    }
    return {
      kind: key.kind,
      handle: key.handle,
      title: titleOf(row),
      version: row.version,
      number: row.published_number,
      draft: row.draft ? migrateDocument(key.theme, documentOf(row.draft), row.draft_theme_version ?? "0.0.0") : null,
      published: (await this.publishedDocument(row, key)) ?? own ?? null,
      preview_token: row.preview_token,
    }
  }

  /** What a shopper sees, or with the right token the draft. Throws PAGE_UNKNOWN, also for a wrong token: nobody learns that there is a draft. */
  async showPage(key: PageKey, preview?: string): Promise<ShownPage> {
    const row = await this.findRow(key)
    const drafted = preview !== undefined ? draftFor(row, preview) : null
    if (preview !== undefined && !drafted) throw unknownPage(key)
    const own = hasHandles(key.kind) ? undefined : key.theme.pages[key.kind]
    const document = drafted ? migrateDocument(key.theme, drafted, row?.draft_theme_version ?? "0.0.0") : ((row && (await this.publishedDocument(row, key))) ?? own)
    if (!document) throw unknownPage(key)
    return { kind: key.kind, handle: key.handle, title: row ? titleOf(row) : null, number: row?.published_number ?? null, sections: showableSections(key.theme, key.kind, document) }
  }

  /** Throws PAGE_INVALID with the place, and CONFLICT when somebody else saved since `version`. */
  async saveDraft(key: PageKey, save: SaveDraft, by: string | null): Promise<EditedPage> {
    const document = checked(key, save.document)
    await this.alone(key, async () => {
      const row = await this.findRow(key)
      if (save.version !== undefined && save.version !== (row?.version ?? 0)) throw new FangshiError("CONFLICT")
      const draft = { draft: document as never, draft_theme_version: key.theme.version, draft_by: by, version: (row?.version ?? 0) + 1, ...(save.title === undefined ? {} : { title: save.title as never }) }
      if (row) await this.updateStorefrontPages({ id: row.id, ...draft })
      else await this.createStorefrontPages({ theme: key.theme.name, kind: key.kind, handle: key.handle, preview_token: newToken(), ...draft })
    })
    return this.getPage(key)
  }

  /** Shows the draft to everybody, at once and whole. Throws PAGE_WITHOUT_DRAFT, and CONFLICT when it was saved again since `version`. */
  async publish(key: PageKey, by: string | null, version?: number): Promise<EditedPage> {
    await this.alone(key, async () => {
      const row = await this.findRow(key)
      if (!row?.draft) throw new FangshiError("PAGE_WITHOUT_DRAFT")
      if (version !== undefined && version !== row.version) throw new FangshiError("CONFLICT")
      const document = checked(key, migrateDocument(key.theme, documentOf(row.draft), row.draft_theme_version ?? "0.0.0"))
      const [latest] = await this.listStorefrontPageRevisions({ page_id: row.id }, { order: { number: "DESC" }, take: 1 })
      const number = (latest?.number ?? 0) + 1
      await this.createStorefrontPageRevisions({ page_id: row.id, number, replaced_number: row.published_number, document: document as never, theme_version: key.theme.version, published_by: by })
      await this.updateStorefrontPages({ id: row.id, published_number: number, draft: null, draft_theme_version: null, draft_by: null, version: row.version + 1, preview_token: newToken() })
    })
    return this.getPage(key)
  }

  /** Shows again what shoppers saw before the present revision; before the first there is the theme's own page. A draft stays. Throws PAGE_WITHOUT_EARLIER. */
  async rollBack(key: PageKey): Promise<EditedPage> {
    await this.alone(key, async () => {
      const row = await this.findRow(key)
      const present = row && (await this.findRevision(row))
      if (!present || (present.replaced_number === null && hasHandles(key.kind))) throw new FangshiError("PAGE_WITHOUT_EARLIER")
      await this.updateStorefrontPages({ id: row.id, published_number: present.replaced_number, version: row.version + 1 })
    })
    return this.getPage(key)
  }

  /** The latest first. Throws PAGE_UNKNOWN. */
  async listRevisions(key: PageKey): Promise<{ number: number; published_by: string | null; published_at: Date; theme_version: string }[]> {
    const row = await this.findRow(key)
    if (!row) {
      if (hasHandles(key.kind) || !key.theme.pages[key.kind]) throw unknownPage(key)
      return []
    }
    const revisions = await this.listStorefrontPageRevisions({ page_id: row.id }, { order: { number: "DESC" }, take: 100 })
    return revisions.map(({ number, published_by, created_at, theme_version }) => ({ number, published_by, published_at: created_at, theme_version }))
  }

  /** Takes an article or landing page away; a page of the theme goes back to what the theme brings. Throws PAGE_UNKNOWN. */
  async removePage(key: PageKey): Promise<void> {
    await this.alone(key, async () => {
      const row = await this.findRow(key)
      if (!row) throw unknownPage(key)
      await this.deleteStorefrontPages(row.id)
    })
  }

  /** What shoppers see of every page, to be taken into another shop or kept. */
  async exportPages(theme: ThemeManifest): Promise<ExportedPage[]> {
    const rows = await this.listStorefrontPages({ theme: theme.name }, { order: { kind: "ASC", handle: "ASC" }, take: 1_000 })
    const pages = await Promise.all(rows.map(async (row) => ({ row, revision: await this.findRevision(row) })))
    return pages.flatMap(({ row, revision }) =>
      revision ? [{ kind: row.kind as PageKind, handle: row.handle, title: titleOf(row), theme: row.theme, theme_version: revision.theme_version, document: documentOf(revision.document) }] : [],
    )
  }

  /** Takes exported pages in as drafts, all or none. Throws PAGE_INVALID with the page and the place. */
  async importPages(theme: ThemeManifest, pages: ExportedPage[], by: string | null): Promise<number> {
    const drafts = pages.map((page, i) => {
      if (page.theme !== theme.name) throw new FangshiError("PAGE_INVALID", { field: `pages.${i}.theme`, problem: { "zh-CN": `是 ${page.theme}，本店的主题是 ${theme.name}`, en: `is ${page.theme}, this shop shows ${theme.name}` } })
      const key: PageKey = { theme, kind: page.kind, handle: page.handle }
      return { key, title: page.title, document: checked(key, migrateDocument(theme, page.document, page.theme_version), `pages.${i}.document.`) }
    })
    await inUnitOfWork(this.knex, async () => undefined, async () => {
      for (const { key, title, document } of drafts) await this.saveDraft(key, { document, title }, by)
    })
    return drafts.length
  }

  private async findRow({ theme, kind, handle }: PageKey): Promise<Row | null> {
    const [row] = await this.listStorefrontPages({ theme: theme.name, kind, handle }, { take: 1 })
    return (row as Row | undefined) ?? null
  }

  private async findRevision(row: Pick<Row, "id" | "published_number">) {
    if (!row.published_number) return null
    const [revision] = await this.listStorefrontPageRevisions({ page_id: row.id, number: row.published_number }, { take: 1 })
    return revision ?? null
  }

  private async publishedDocument(row: Row, { theme }: PageKey): Promise<PageDocument | null> {
    const revision = await this.findRevision(row)
    return revision ? migrateDocument(theme, documentOf(revision.document), revision.theme_version) : null
  }

  /** Two who work on one page take turns; each finds what the other has left. */
  private async alone(key: PageKey, work: () => Promise<void>): Promise<void> {
    const lock = async (unit: UnitOfWork) =>
      void (await unit.query("select pg_advisory_xact_lock(hashtextextended('page:' || current_setting('app.tenant_id') || $1, 0))", [`:${key.theme.name}:${key.kind}:${key.handle}`]))
    await inUnitOfWork(this.knex, lock, work)
  }
}

const titleOf = (row: Pick<Row, "title">) => row.title as LocalizedText | null
const documentOf = (value: unknown) => value as PageDocument
const unknownPage = ({ kind, handle }: PageKey) => new FangshiError("PAGE_UNKNOWN", { kind, handle })

function draftFor(row: Row | null, token: string): PageDocument | null {
  if (!row?.draft || token.length !== row.preview_token.length || !timingSafeEqual(Buffer.from(token), Buffer.from(row.preview_token))) return null
  return documentOf(row.draft)
}

function checked({ theme, kind }: PageKey, document: unknown, prefix = ""): PageDocument {
  const result = checkDocument(theme, kind, document)
  if ("document" in result) return result.document
  const [fault] = result.faults
  throw new FangshiError("PAGE_INVALID", { field: prefix + (fault?.path ?? ""), problem: fault?.problem ?? "" })
}
